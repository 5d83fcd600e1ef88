import type { HealthApi, MeasureName } from "#grow/health";
import { client } from "../../../kit/client.ts";
import { say } from "../../../kit/i18n.ts";

export const health = () => client<HealthApi>("health");

/** What each measure is about, in words. */
export const measureWord = (name: MeasureName): string =>
  ({
    pace: say("Orders at the usual pace"),
    payment: say("Pays on time"),
    service: say("What went wrong"),
    voice: say("What they said of us"),
    contact: say("Signs of life"),
    start: say("The first steps"),
  })[name];

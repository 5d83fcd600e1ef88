import { useMemo } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { LeadAround, LeadScoreApi, LeadsApi, LeadSettings, LeadStatus } from "#convert/leads";
import type { Field, Tone } from "#records";
import { objectOf, type DescribedObject } from "../../../kit/boot.ts";
import { client, request } from "../../../kit/client.ts";
import type { Pointed, Rec } from "../../../records/record.ts";

export type { LeadAround, LeadSettings, LeadStatus };

/** A lead as the server answers it. */
export interface Lead extends Rec {
  version: number;
  name: string;
  status: LeadStatus;
  score: number;
  source: string;
  interest: string | null;
  message: string | null;
  company: string | null;
  contact_id: string;
  contact?: Pointed | null;
  account_id: string | null;
  owner_id: string | null;
  owner?: Pointed | null;
  asked_at: string;
  asks: number;
  first_response_due: string | null;
  responded_at: string | null;
  unqualified_reason: string | null;
  recycle_at: string | null;
  converted_at: string | null;
  opportunity_id: string | null;
  deleted_at: string | null;
}

export const leads = () => client<LeadsApi>("leads");
export const leadScore = () => client<LeadScoreApi>("leadScore");

/** One lead by its id. */
export const leadOf = (id: string, signal?: AbortSignal) => request<Lead>("GET /leads/{id}", { id }, signal);

/** Asks again for what a step of a lead changes on screen. */
export const useAgain = () => {
  const cache = useQueryClient();
  return (): Promise<unknown> =>
    Promise.all(
      ["leads", "opportunities", "tasks", "timeline", "due", "entries"].map((key) =>
        cache.invalidateQueries({ queryKey: [key] }),
      ),
    );
};

const minute = 60_000;

/** How long until the first answer is due, or since: minutes below two hours, then hours, then days. */
export function untilWords(
  due: string,
  now: number = Date.now(),
): { late: boolean; n: number; unit: "min" | "h" | "d" } {
  const ms = Date.parse(due) - now;
  const minutes = Math.round(Math.abs(ms) / minute);
  const late = ms < 0;
  if (minutes < 120) return { late, n: minutes, unit: "min" };
  return minutes < 2880
    ? { late, n: Math.round(minutes / 60), unit: "h" }
    : { late, n: Math.round(minutes / 1440), unit: "d" };
}

const tones: Readonly<Record<LeadStatus, Tone>> = { open: "amber", working: "blue", qualified: "green", disqualified: "gray" }; // prettier-ignore

/** How the company works its leads. */
export const useLeadSettings = () =>
  useQuery({ queryKey: ["lead-settings"], queryFn: () => leads().settings({}), staleTime: 300_000 }).data;

/** What a status is called here, with its colour. */
export const useStatusWords = () => {
  const settings = useLeadSettings();
  return (status: LeadStatus): { label: string; tone: Tone } => ({
    label: settings?.labels[status] ?? status,
    tone: tones[status],
  });
};

/** The description of leads with the statuses called as this company calls them. */
export const useLeadObject = (): DescribedObject | undefined => {
  const object = objectOf("leads");
  const settings = useLeadSettings();
  // The same description while nothing changed: a table draws anew for another one.
  return useMemo(() => {
    if (!object || !settings) return object;
    const labelled = (field: Field): Field =>
      field.name === "status" && field.choices
        ? { ...field, choices: field.choices.map((c) => ({ ...c, label: settings.labels[c.value as LeadStatus] ?? c.label })) } // prettier-ignore
        : field;
    return { ...object, fields: object.fields.map(labelled) };
  }, [object, settings]);
};

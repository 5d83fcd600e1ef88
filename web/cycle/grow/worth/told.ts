import type { Condition } from "#kernel/condition";
import type { WorthApi } from "#grow/worth";
import { client } from "../../../kit/client.ts";
import { objectOf } from "../../../kit/boot.ts";

export const worth = () => client<WorthApi>("worth");

export interface BandWord {
  value: string;
  label: string;
  tone: string;
}

/** The bands in their order, from the description of contacts. */
export const bandWords = (): readonly BandWord[] =>
  (objectOf("contact")?.fields.find((field) => field.name === "rfm_band")?.choices ?? []).map((choice) => ({
    value: choice.value,
    label: choice.label,
    tone: choice.tone ?? "neutral",
  }));

/** Contacts of a band. */
export const inBand = (band: string): Condition => ({ field: "rfm_band", op: "is", value: band });

/** Contacts of one corner of the grid. */
export const inCorner = (recency: number, frequency: number): Condition => ({
  all: [
    { field: "rfm_recency", op: "is", value: recency },
    { field: "rfm_frequency", op: "is", value: frequency },
  ],
});

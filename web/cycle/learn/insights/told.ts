import type { About, Evidence, InsightsApi, InsightTold } from "#learn/insight";
import { client } from "../../../kit/client.ts";
import type { Wire } from "../wire.ts";

export type Insight = Wire<InsightTold>;

/** The endpoints of insights. */
export const insights = () => client<InsightsApi>("insights");

export interface NewSearch {
  about?: About["kind"];
  theme_id?: string;
  lens?: string;
  from?: string;
  to?: string;
  segment_id?: string;
  proposed?: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** Reads what a new insight is about from search params; anything else is dropped. */
export function newInsightSearch(search: Record<string, unknown>): NewSearch {
  const about = search["about"];
  const kept = {
    about: about === "theme" || about === "link" || about === "segment" ? about : undefined,
    theme_id: text(search["theme_id"]),
    lens: text(search["lens"]),
    from: text(search["from"]),
    to: text(search["to"]),
    segment_id: text(search["segment_id"]),
    proposed: search["proposed"] === true ? true : undefined,
  };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)) as NewSearch;
}

/** What it is about, once it is said completely. */
export function aboutOf({ about, theme_id, lens, from, to, segment_id }: NewSearch): About | undefined {
  if (about === "theme" && theme_id) return { kind: "theme", theme_id };
  if (about === "link" && lens && from && to) return { kind: "link", lens, from, to };
  return about === "segment" && segment_id ? { kind: "segment", segment_id } : undefined;
}

export type { About, Evidence };

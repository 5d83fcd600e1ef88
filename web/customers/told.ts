import type { Flow, LifecycleTold, RingLink, Why as WhyTold } from "#customers";
import type { TimelineItem } from "#timeline";
import type { Condition } from "#kernel/condition";
import { request } from "../kit/client.ts";

/*
 * Words we use
 *   story     why a customer stands in a stage: the moves so far with their evidence, and the move that time alone brings next
 *   subject   "contact" or "account": whom a page, a ring or a rule is about
 */
export type SubjectKind = "contact" | "account";
export type Plural = "contacts" | "accounts";

/** The objects with a lifecycle, by plural. */
export const subjectOf = (plural: Plural): SubjectKind => (plural === "contacts" ? "contact" : "account");
export const pluralOf = (subject: SubjectKind): Plural => (subject === "contact" ? "contacts" : "accounts");

/** How a value of the server arrives here: instants are ISO text. */
export type Sent<T> = T extends Date
  ? string
  : T extends Condition
    ? T
    : T extends readonly (infer U)[]
      ? readonly Sent<U>[]
      : T extends object
        ? { [K in keyof T]: Sent<T[K]> }
        : T;

export type Story = Sent<LifecycleTold>;
export type Why = Sent<WhyTold>;
export type TimelineFact = Sent<Omit<TimelineItem, "payload">> & { payload: Record<string, unknown>; why?: Why };
export interface TimelinePage {
  items: readonly TimelineFact[];
  next: string | null;
}

/** What is asked about one customer beyond the record itself. */
export const customersOf = (plural: Plural) => ({
  story: (id: string, signal?: AbortSignal) => request<Story>(`GET /${plural}/{id}/lifecycle`, { id }, signal),
  timeline: (
    id: string,
    ask: { cursor?: string | undefined; names?: string | undefined; limit?: number },
    signal?: AbortSignal,
  ) => request<TimelinePage>(`GET /${plural}/{id}/timeline`, { id, ...ask }, signal),
  counts: (id: string, signal?: AbortSignal) =>
    request<Record<string, number>>(`GET /${plural}/{id}/timeline/counts`, { id }, signal),
  move: (id: string, to: string, reason: string) => request<unknown>(`POST /${plural}/{id}/move`, { id, to, reason }),
});

/** The list of the customers that the number on a link of the ring or of a band of the flow counts, as an address. */
export const linkListOf = (
  subject: SubjectKind,
  list: Sent<RingLink["list"]> | Sent<Flow["flows"][number]["list"]>,
) => ({
  to: `/${pluralOf(subject)}` as const,
  search: list,
});

/** The list of customers that fit a condition, as an address: a view is a URL. */
export const listOf = (subject: SubjectKind, filter: Condition | undefined, sort?: string) => ({
  to: `/${pluralOf(subject)}` as const,
  search: { ...(filter ? { filter } : {}), ...(sort ? { sort } : {}) },
});

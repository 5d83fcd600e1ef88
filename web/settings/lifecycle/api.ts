import type { LifecycleApi, LensesApi, Rule, Shift } from "#customers";
import { client, request } from "../../kit/client.ts";
import type { Job } from "../../kit/live.ts";

export type ShiftJob = Job & { result: { shift?: Shift } | null };

/** The endpoints of lifecycle rules and lenses. */
export const lifecycle = () => client<LifecycleApi>("lifecycle");
export const lenses = () => client<LensesApi>("lenses");

/** A background job with what it came to. */
export const jobOf = (id: string, signal?: AbortSignal) => request<ShiftJob>("GET /jobs/{id}", { id }, signal);

/** Rules as they are sent: plain data, mutable where the schema wants it. */
export const sendable = (rules: readonly Rule[]) =>
  rules.map((rule) => ({ ...rule, from: rule.from === "any" ? ("any" as const) : [...rule.from] }));

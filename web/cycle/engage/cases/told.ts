import { useQueryClient } from "@tanstack/react-query";
import type { casesApi, CaseStory, TargetShown } from "#engage/support";
import { client } from "../../../kit/client.ts";
import { askAgain, useLive } from "../../../kit/live.ts";
import type { Rec } from "../../../records/record.ts";

interface Link {
  id: string;
  title: string;
}

/** A case as JSON brings it. */
export interface Case extends Rec {
  number: string;
  subject: string;
  description: string | null;
  status: "open" | "waiting" | "resolved" | "closed";
  contact_id: string | null;
  contact?: Link | null;
  owner_id: string | null;
  owner?: Link | null;
  reason_id: string | null;
  reason?: Link | null;
  created_at: string;
  resolved_at: string | null;
}

/** Dates of an answer are texts in the browser. */
type Json<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] extends (infer I)[] ? Json<I>[] : T[K] }; // prettier-ignore
export type Story = Json<CaseStory>;
export type Said = Story["messages"][number];
export type Target = Json<TargetShown>;

/** The endpoints of cases. */
export const cases = () => client<typeof casesApi>("cases");

export const storyOf = async (id: string): Promise<Story> => (await cases().story({ id })) as unknown as Story;
export const caseOf = async (id: string): Promise<Case> => (await cases().get({ id })) as unknown as Case;

/** Asks again for everything that is shown of cases. */
export const useAgain = (): (() => Promise<unknown>) => {
  const cache = useQueryClient();
  return () => Promise.all([["cases"], ["timeline"], ["story"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
}; // prettier-ignore

/** Keeps what is shown of cases true while customers write and colleagues work. */
export function useCasesLive(): void {
  const cache = useQueryClient();
  useLive("fact", ({ name }) => name.startsWith("case.") && askAgain(cache, ["cases"]));
}

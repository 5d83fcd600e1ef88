import { useEffect, useRef, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { campaigns, type Told } from "./told.ts";

/** What of a campaign its editor changes. */
export type Draft = Pick<
  Told,
  | "name"
  | "subject"
  | "preheader"
  | "segment_id"
  | "body"
  | "from_name"
  | "from_address"
  | "reply_to"
  | "tracked"
  | "cost"
>;

const fields = [
  "name",
  "subject",
  "preheader",
  "segment_id",
  "body",
  "from_name",
  "from_address",
  "reply_to",
  "tracked",
  "cost",
] as const;

/** The editor's part of a campaign. */
export const draftOf = (c: Told): Draft => Object.fromEntries(fields.map((f) => [f, c[f]])) as Draft;

/** What differs between two drafts. */
export const changesOf = (before: Draft, after: Draft): Partial<Draft> =>
  Object.fromEntries(fields.filter((f) => (before[f] ?? "") !== (after[f] ?? "")).map((f) => [f, after[f]]));

// Typing pauses this long before it is saved, in milliseconds.
const pause = 700;

/** Saves a draft as it is typed, one save after the other; says what was refused and where. */
export function useDraftSaving(campaign: Told) {
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => draftOf(campaign));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const saved = useRef({ draft: draftOf(campaign), version: campaign.version });
  const latest = useRef(draft);
  latest.current = draft;
  const running = useRef<Promise<void> | null>(null);
  // Another's change of what is not being edited here is taken over with its version.
  if (campaign.version > saved.current.version && running.current === null)
    saved.current = { draft: draftOf(campaign), version: campaign.version };
  const save = async (): Promise<void> => {
    while (running.current) await running.current;
    const change = changesOf(saved.current.draft, latest.current);
    if (Object.keys(change).length === 0) return;
    const sent = latest.current;
    running.current = (async () => {
      try {
        const told = (await campaigns().update({
          id: campaign.id,
          version: saved.current.version,
          ...(change as Record<string, never>),
        })) as unknown as Told;
        saved.current = { draft: sent, version: told.version };
        cache.setQueryData(["campaigns", campaign.id], told);
        setErrors({});
        setFailed("");
      } catch (thrown) {
        const at = isProblem(thrown) ? thrown.errors : [];
        setErrors(Object.fromEntries(at.map((e) => [e.field, e.message])));
        setFailed(at.length > 0 ? "" : sentenceOf(thrown));
        if (isProblem(thrown) && thrown.status === 412)
          void cache.invalidateQueries({ queryKey: ["campaigns", campaign.id] });
      } finally {
        running.current = null;
      }
    })();
    await running.current;
  };
  useEffect(() => {
    const clock = setTimeout(() => void save(), pause);
    return () => clearTimeout(clock);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a change of what was typed starts the clock again
  }, [draft]);
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const unsaved = Object.keys(changesOf(saved.current.draft, draft)).length > 0;
  return { draft, set, errors, failed, unsaved, save };
}

import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { useLingui } from "@lingui/react";
import { isProblem, sentenceOf } from "../problem.ts";
import { keepDraft, readDraft } from "./draft.ts";
import { Conflict, type Difference } from "./Conflict.tsx";

/*
 * Words we use
 *   setting   what there is one of and several people may change: the company, business hours, a role, a team
 *   part      a value of it that one person can change beside another who changes a different one
 */
export interface Part<T> {
  name: keyof T & string;
  label: string;
  /** The value in words; `other` is the one it stands beside. */
  say?: (value: never, other: never) => string;
}
export interface About<T> {
  /** What can be changed, in the order of the form. */
  parts: readonly Part<T>[];
  /** The setting as it is on the server now; undefined when it is no more. */
  read: () => Promise<T | undefined>;
  /** The values as they are sent: texts trimmed, empty ones as nothing. */
  cleaned?: (values: T) => T;
  /** Where what is typed is kept over a reload. */
  draft?: string;
}
export interface Setting<T> {
  values: T;
  set: (change: Partial<T>) => void;
  /** What differs from what the form was filled with, as it is sent. */
  changed: Partial<T>;
  dirty: boolean;
  discard: () => void;
  /** The panel with both values while somebody else's are to be decided about. */
  conflict: ReactNode;
  /** Writes what changed onto what was seen; answers whether it is saved, or held because somebody else changed it meanwhile. */
  save: (write: (changed: Partial<T>, onto: T) => Promise<number>) => Promise<"saved" | "held">;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const asIs = <T,>(values: T): T => values;
const words = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : JSON.stringify(value ?? "");

/** A form's values over a setting that may change under it: nothing typed is lost to a refresh, and nothing unseen is written over. */
export function useSetting<T extends { version: number }>(found: T, { parts, read, cleaned = asIs, draft }: About<T>): Setting<T> {
  const [kept] = useState(() => draft && (readDraft(draft) as { opened: T; values: T } | undefined));
  const [opened, setOpened] = useState(kept ? kept.opened : found);
  const [values, setValues] = useState(kept ? kept.values : found);
  const [now, setNow] = useState<T>();
  const sent = cleaned(values);
  const differing = (a: T, b: T) => parts.filter(({ name }) => !same(a[name], b[name]));
  const mine = differing(opened, sent);
  const changed = Object.fromEntries(mine.map(({ name }) => [name, sent[name]])) as Partial<T>;
  const dirty = mine.length > 0;
  useEffect(() => {
    if (draft) keepDraft(draft, dirty ? { opened, values } : undefined);
  }, [draft, dirty, opened, values]);
  const begin = (from: T, over: Partial<T> = {}): void => {
    setOpened(from);
    setValues({ ...from, ...over });
    setNow(undefined);
  };
  // Somebody changed it and nothing is typed here: this is what there is now.
  if (found.version > opened.version && !dirty) begin(found);
  const theirs = now ? differing(opened, now) : [];
  const said = (part: Part<T>, value: unknown, other: unknown): string => (part.say ? part.say(value as never, other as never) : words(value));
  const differences = theirs.map((part): Difference => ({
    name: part.name,
    label: part.label,
    mine: part.name in changed && now ? said(part, sent[part.name], now[part.name]) : undefined,
    theirs: said(part, now?.[part.name], sent[part.name]),
  }));
  const save: Setting<T>["save"] = async (write) => {
    try {
      const version = await write(changed, opened);
      begin({ ...opened, ...changed, version });
      return "saved";
    } catch (thrown) {
      if (!isProblem(thrown) || thrown.status !== 412) throw thrown;
      const fresh = await read();
      if (!fresh || fresh.version === opened.version) throw thrown;
      setNow(fresh);
      return "held";
    }
  };
  return {
    values,
    set: (change) => setValues((before) => ({ ...before, ...change })),
    changed,
    dirty,
    discard: () => begin(found.version > opened.version ? found : opened),
    save,
    conflict: now && (
      <Conflict
        differences={differences}
        onMine={() => begin(now, changed)}
        onTheirs={() => begin(now, Object.fromEntries(Object.entries(changed).filter(([name]) => !theirs.some((part) => part.name === name))) as Partial<T>)}
      />
    ),
  };
} // prettier-ignore

/** One sending of a form at a time, with the server's words at the fields that show them, and above the form what none shows. */
export function useSubmit(send: () => Promise<unknown>, shows: (field: string) => boolean = () => true) {
  const { _ } = useLingui();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    setErrors({});
    setFailed("");
    try {
      await send();
    } catch (thrown) {
      const told = isProblem(thrown) ? thrown.errors : [];
      setErrors(Object.fromEntries(told.map((error) => [error.field, error.message])));
      setFailed(told.some((error) => shows(error.field)) ? _("Something needs another look.") : sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return { submit, busy, errors, failed };
}

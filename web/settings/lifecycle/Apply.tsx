import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Rule, Shift } from "#customers";
import { count } from "../../kit/format.ts";
import { isProblem, sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { lifecycle, sendable } from "./api.ts";
import { Shifts } from "./Shifts.tsx";
import { useJob } from "./useJob.ts";

export interface ApplyProps {
  rules: readonly Rule[];
  /** The rules that decide now, for taking it back. */
  former: readonly Rule[];
  version: number;
  onDiscard: () => void;
  onApplied: () => void;
  /** Hears which rule the server refuses, and why. */
  onWrong: (wrong: ReadonlyMap<number, string>) => void;
}

interface Looked {
  rules: readonly Rule[];
  shift?: Shift;
  job?: string;
}

const wrongRules = (thrown: unknown): ReadonlyMap<number, string> =>
  new Map(isProblem(thrown) ? thrown.errors.flatMap(({ field, message }) => {
    const at = /^rules\.(\d+)/.exec(field)?.[1];
    return at === undefined ? [] : [[Number(at), message] as const];
  }) : []); // prettier-ignore

/** Shows what changed rules would do to whom, and applies them as the next version; only what was previewed can be applied. */
export const Apply = ({ rules, former, version, onDiscard, onApplied, onWrong }: ApplyProps) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [looked, setLooked] = useState<Looked>();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const current = looked?.rules === rules ? looked : undefined;
  const job = useJob(current?.job);
  const shift = current?.shift ?? job.data?.result?.shift;

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailed("");
    onWrong(new Map());
    try {
      await work();
    } catch (thrown) {
      const wrong = wrongRules(thrown);
      onWrong(wrong);
      setFailed(wrong.size > 0 ? _("A rule cannot work like this; it is marked above.") : sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const look = () => attempt(async () => {
    const answer = await lifecycle().preview({ rules: sendable(rules) });
    setLooked("shift" in answer ? { rules, shift: answer.shift } : { rules, job: answer.job_id });
  }); // prettier-ignore
  const apply = () => attempt(async () => {
    const { version: now } = await lifecycle().apply({ rules: sendable(rules), expected_version: version, note });
    const again = () => Promise.all([["lifecycle"], ["cycle"], ["story"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
    await again();
    done(_("Rules version {n} is being applied", { n: now }), () =>
      lifecycle().apply({ rules: sendable(former), expected_version: now, note: _("Taken back version {n}", { n: now }) }).then(again),
    );
    onApplied();
  }); // prettier-ignore
  const waiting =
    current?.job !== undefined && !shift && job.data?.state !== "failed" && job.data?.state !== "cancelled";
  return (
    <section className="apply" aria-label={_("Changes that are not applied")}>
      <div role="alert">{failed && <p className="rule-wrong">{failed}</p>}</div>
      {job.data?.state === "failed" && <p className="rule-wrong" role="alert">{job.data.reason}</p>}
      {waiting && <p role="status">{_("Counting: {n} people so far…", { n: count(job.data?.done ?? 0) })}</p>}
      {current && shift && (
        <div role="status" className="apply-shifts">
          <Shifts shift={shift} />
        </div>
      )}
      <div className="line apply-acts">
        {!(current && shift) && <Button onClick={() => void look()} loading={busy || waiting}>{_("Preview")}</Button>}
        {current && shift && (
          <>
            <TextInput aria-label={_("Note for the versions")} placeholder={_("Note, for example why")} value={note} maxLength={300} onChange={(event) => setNote(event.currentTarget.value)} />
            <Button onClick={() => void apply()} loading={busy}>{_("Apply as version {n}", { n: version + 1 })}</Button>
          </>
        )}
        <Button variant="default" onClick={onDiscard}>{_("Discard changes")}</Button>
        {!(current && shift) && <span className="quiet small">{_("Nothing is applied before you have seen what it changes.")}</span>}
      </div>
    </section>
  ); // prettier-ignore
};

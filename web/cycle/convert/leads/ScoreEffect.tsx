import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { ScoreRules, ScoreShift } from "#convert/leads";
import { count } from "../../../kit/format.ts";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { leadScore } from "./told.ts";

const sendable = ({ rules, caps, hot_from }: ScoreRules) => ({ rules: [...rules], caps: { ...caps }, hot_from });

export interface ScoreEffectProps {
  draft: ScoreRules;
  former: ScoreRules;
  version: number;
  onWrong: (wrong: ReadonlyMap<number, string>) => void;
  onDiscard: () => void;
  onApplied: () => void;
}

const Shift = ({ shift, mark }: { shift: ScoreShift; mark: number }) => {
  const { _ } = useLingui();
  return (
    <div role="status" className="stack">
      <p>
        <strong className="number">{_("+{up} / −{down} would be above {mark}", { up: count(shift.up), down: count(shift.down), mark: count(mark) })}</strong>{" "}
        <span className="quiet">
          {shift.exact ? _("of {n, plural, one {# open lead} other {# open leads}}; {changed} would have another score", { n: shift.leads, changed: count(shift.changed) }) : _("of the newest {n} open leads", { n: count(shift.leads) })}
        </span>
      </p>
      {shift.samples.length > 0 && (
        <p className="quiet small">{shift.samples.map((one) => `${one.name} ${one.before} → ${one.after}`).join(" · ")}</p>
      )}
    </div>
  ); // prettier-ignore
};

/** Shows what changed rules would do to the open leads, and applies them; only what was seen can be applied. */
export const ScoreEffect = ({ draft, former, version, onWrong, onDiscard, onApplied }: ScoreEffectProps) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [looked, setLooked] = useState<{ draft: ScoreRules; shift: ScoreShift }>();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const shift = looked?.draft === draft ? looked.shift : undefined;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailed("");
    onWrong(new Map());
    try {
      await work();
    } catch (thrown) {
      const errors = isProblem(thrown) ? thrown.errors : [];
      onWrong(new Map(errors.flatMap(({ field, message }) => {
        const at = /^rules\.(\d+)/.exec(field)?.[1];
        return at === undefined ? [] : [[Number(at), message] as const];
      })));
      setFailed(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  }; // prettier-ignore
  const look = () => attempt(async () => setLooked({ draft, shift: await leadScore().preview(sendable(draft)) }));
  const again = () => Promise.all(["lead-score", "leads"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
  const apply = () =>
    attempt(async () => {
      const { version: now } = await leadScore().apply({ ...sendable(draft), expected_version: version, note });
      await again();
      done(_("Scores follow version {n}", { n: now }), () => leadScore().apply({ ...sendable(former), expected_version: now, note: _("Taken back version {n}", { n: now }) }).then(again)); // prettier-ignore
      onApplied();
    });
  return (
    <section className="apply" aria-label={_("Changes that are not applied")}>
      <div role="alert">{failed && <p className="rule-wrong">{failed}</p>}</div>
      {shift && <Shift shift={shift} mark={draft.hot_from} />}
      <div className="line apply-acts">
        {shift ? (
          <>
            <TextInput aria-label={_("Note for the versions")} placeholder={_("Note, for example why")} value={note} maxLength={300} onChange={(event) => setNote(event.currentTarget.value)} />
            <Button onClick={() => void apply()} loading={busy}>{_("Apply as version {n}", { n: version + 1 })}</Button>
          </>
        ) : (
          <Button onClick={() => void look()} loading={busy}>{_("Preview")}</Button>
        )}
        <Button variant="default" onClick={onDiscard}>{_("Discard changes")}</Button>
      </div>
    </section>
  ); // prettier-ignore
};

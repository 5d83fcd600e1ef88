import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import type { Conflict } from "#records";
import { may, type DescribedObject } from "../../kit/boot.ts";
import { instant } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { isProblem, sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import type { Rec } from "../record.ts";
import { takeBack, type ChangeSet } from "./told.ts";
import { Value } from "./Value.tsx";
import { toldChanges, toldField } from "./words.ts";

const actWords: Record<string, string> = { created: "added", updated: "changed", trashed: "moved to the trash", restored: "taken out of the trash" }; // prettier-ignore

const conflictsIn = (thrown: unknown): readonly Conflict[] =>
  isProblem(thrown) && Array.isArray(thrown.more["conflicts"]) ? (thrown.more["conflicts"] as Conflict[]) : [];

const Conflicts = ({
  object,
  conflicts,
  onOthers,
  onClose,
}: {
  object: DescribedObject;
  conflicts: readonly Conflict[];
  onOthers: (() => void) | undefined;
  onClose: () => void;
}) => {
  const { _ } = useLingui();
  return (
    <div className="note" data-tone="amber" role="alert">
      <p>{_("Somebody changed this since; nothing was taken back.")}</p>
      <dl className="change-fields">
        {conflicts.map((conflict) => {
          const told = toldField(object, conflict.field);
          return (
            <div key={conflict.field}>
              <dt>{told?.label ?? conflict.field}</dt>
              <dd>
                {_("now")} <strong><Value field={told?.field} value={conflict.now} /></strong>, {_("it would become")} <strong><Value field={told?.field} value={conflict.was} /></strong>
              </dd>
            </div>
          );
        })}
      </dl>
      <div className="line">
        {onOthers && <Button variant="default" onClick={onOthers}>{_("Take back the others")}</Button>}
        <Button variant="default" onClick={onClose}>{_("Leave it")}</Button>
      </div>
    </div>
  ); // prettier-ignore
};

/** One change of a record: who, when, from where, each field's old and new value; and the way to take it back. */
export const OneChange = ({ set, object, record }: { set: ChangeSet; object: DescribedObject; record: Rec }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const [busy, setBusy] = useState(false);
  const told = toldChanges(object, set.fields ?? {});
  const mayUndo = !set.undone && may(`${object.plural}.${set.action === "updated" ? "update" : "delete"}`);
  const again = () => Promise.all([[object.plural], ["history", record.id]].map((queryKey) => cache.invalidateQueries({ queryKey }))); // prettier-ignore
  const undo = async (others: boolean): Promise<void> => {
    setBusy(true);
    try {
      const back = await takeBack(set.set_id, { record_id: record.id, others });
      setConflicts([]);
      done(_("The change was taken back"), () => takeBack(back.set_id).then(again));
      await again();
    } catch (thrown) {
      const found = conflictsIn(thrown);
      setConflicts(found);
      if (found.length === 0) tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className="change-set">
      <div className="line">
        <p className="fill">
          <bdi className="strong">{set.actor.name}</bdi> <span>{set.undoes ? _("took back a change") : _(actWords[set.action] ?? set.action)}</span>
          {set.reason && <bdi className="quiet"> · {set.reason}</bdi>}
          {set.actor.kind === "import" && set.actor.id && <> · <Link className="link" to="/import/$id" params={{ id: set.actor.id }}>{_("its import")}</Link></>}
          <time className="quiet small number" dateTime={set.at}> {instant(set.at)}</time>
        </p>
        {set.undone && <span className="quiet small">{_("taken back")}</span>}
        {mayUndo && (
          <button type="button" className="plain link small" disabled={busy} onClick={() => void undo(false)} aria-label={_("Undo the change of {when}", { when: instant(set.at) })}>
            {_("Undo")}
          </button>
        )}
      </div>
      {conflicts.length > 0 && (
        <Conflicts object={object} conflicts={conflicts} onOthers={told.length > conflicts.length ? () => void undo(true) : undefined} onClose={() => setConflicts([])} />
      )}
      {told.length > 0 && (
        <dl className="change-fields">
          {told.map(({ name, field, label, old, now }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>
                {set.action !== "created" && <><del><Value field={field} value={old} /></del> <span className="toward" aria-hidden>→</span><span className="unseen">{_("became")}</span> </>}
                <ins><Value field={field} value={now} /></ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  ); // prettier-ignore
};

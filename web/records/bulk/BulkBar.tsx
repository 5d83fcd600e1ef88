import { lazy, Suspense, useState, type ReactNode } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { DescribedObject } from "../../kit/boot.ts";
import { count, total } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { editable } from "../columns.ts";
import { recordsOf, type ListAnswer } from "../record.ts";
import type { Whom } from "./told.ts";

const BulkTag = lazy(() => import("../beside/tags/BulkTag.tsx"));
const BulkEdit = lazy(() => import("./BulkEdit.tsx"));

export interface BulkBarProps {
  object: DescribedObject;
  selected: ReadonlySet<string>;
  /** All that the view shows; undefined when it shows more than a filter says (who moved in the ring). */
  view: Extract<Whom, { filter?: unknown }> | undefined;
  all: ListAnswer["total"] | undefined;
  mayTrash: boolean;
  more?: ((ids: readonly string[], clear: () => void) => ReactNode) | undefined;
  onClear: () => void;
}

// Up to so many records are trashed at once; more by a job.
const atOnce = 50;

const useTrash = ({ object, onClear }: BulkBarProps) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const records = recordsOf(object.plural);
  const again = () => cache.invalidateQueries({ queryKey: [object.plural] });
  const few = async (ids: readonly string[]): Promise<void> => {
    const answers = await Promise.allSettled(ids.map((id) => records.trash(id)));
    const gone = ids.filter((_id, i) => answers[i]?.status === "fulfilled");
    const refused = answers.find((answer) => answer.status === "rejected");
    onClear();
    await again();
    if (refused) tell(sentenceOf(refused.reason), { tone: "bad" });
    if (gone.length > 0)
      done(_("{n, plural, one {# record} other {# records}} moved to the trash", { n: gone.length }), () =>
        Promise.all(gone.map((id) => records.restore(id))).then(again),
      );
  };
  const many = async (whom: Whom): Promise<void> => {
    try {
      const [{ startBulk }, { follow }] = await Promise.all([import("./told.ts"), import("./follow.ts")]);
      const { job_id } = await startBulk(object.name, { kind: "trash" }, whom);
      onClear();
      tell(_("Moving them to the trash: see Activity"));
      void follow(job_id, (n) => _("{n, plural, one {# record} other {# records}} moved to the trash", { n }), again);
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  return (whom: Whom): Promise<void> => ("ids" in whom && whom.ids.length <= atOnce ? few(whom.ids) : many(whom));
};

/** What can be done with the selected records, or with all that the view shows. */
const BulkBar = (props: BulkBarProps) => {
  const { object, selected, view, all, mayTrash, more, onClear } = props;
  const { _ } = useLingui();
  const [everything, setEverything] = useState(false);
  const [editing, setEditing] = useState(false);
  const trash = useTrash(props);
  const ids = [...selected];
  const whom: Whom = everything && view ? view : { ids };
  const many = everything && all ? total(all) : count(ids.length);
  const mayAll = view !== undefined && all !== undefined && all.count > ids.length;
  return (
    <div className="bulk" role="region" aria-label={_("Selected")}>
      <span>{everything ? _("all {n} selected", { n: many }) : _("{n} selected", { n: many })}</span>
      {mayAll && !everything && (
        <button type="button" className="plain link" onClick={() => setEverything(true)}>
          {_("Select all {n} of this view", { n: total(all) })}
        </button>
      )}
      <Suspense fallback={null}>
        <BulkTag object={object} whom={whom} onDone={onClear} />
      </Suspense>
      {!everything && more?.(ids, onClear)}
      {editable(object) && (
        <Button variant="default" onClick={() => setEditing(true)}>
          {_("Change…")}
        </Button>
      )}
      {mayTrash && (
        <Button variant="default" onClick={() => void trash(whom)}>
          {_("Move to the trash")}
        </Button>
      )}
      <button type="button" className="plain link" onClick={onClear}>
        {_("Clear")}
      </button>
      {editing && (
        <Suspense fallback={null}>
          <BulkEdit object={object} whom={whom} many={many} onDone={onClear} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </div>
  );
};
export default BulkBar;

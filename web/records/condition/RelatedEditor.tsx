import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { RelatedLeaf, Times } from "#kernel/condition";
import { objectOf } from "../../kit/boot.ts";
import { FigureInput } from "../../kit/form/FigureInput.tsx";
import { asGroup } from "./edit.ts";
import { useNested } from "./nested.ts";
import { ConditionSubjectProvider, subjectOf, useConditionSubject } from "./subject.ts";

type Has = "some" | "none" | Times["op"];

/** Edits "has at least 2 orders where total is at least 50". */
export const RelatedEditor = ({ leaf, path, onChange }: { leaf: RelatedLeaf; path: string; onChange: (leaf: RelatedLeaf) => void }) => {
  const { _ } = useLingui();
  const nested = useNested();
  const { object } = useConditionSubject();
  const relation = object.related.find((one) => one.name === leaf.related);
  const there = relation && objectOf(relation.object);
  const { where, ...bare } = leaf;
  const has: Has = typeof leaf.has === "string" ? leaf.has : leaf.has.op;
  const n = typeof leaf.has === "string" ? 1 : leaf.has.n;
  const choose = (to: Has): void => onChange({ ...leaf, has: to === "some" || to === "none" ? to : { op: to, n: Math.max(1, n) } });
  const names = object.related.map((one) => ({ value: one.name, label: _(one.label) }));
  return (
    <div>
      <div className="cond-line">
        <NativeSelect aria-label={_("How many of them")} value={has} onChange={(event) => choose(event.currentTarget.value as Has)}
          data={[{ value: "some", label: _("has") }, { value: "none", label: _("has no") }, { value: "at_least", label: _("has at least") }, { value: "at_most", label: _("has at most") }, { value: "exactly", label: _("has exactly") }]} />
        {typeof leaf.has === "object" && <FigureInput aria-label={_("Number")} w={64} whole value={n} onChange={(to) => onChange({ ...leaf, has: { op: has as Times["op"], n: Math.max(0, to ?? 0) } })} />}
        <NativeSelect aria-label={_("Related records")} value={leaf.related} onChange={(event) => onChange({ related: event.currentTarget.value, has: leaf.has })} data={relation ? names : [{ value: leaf.related, label: leaf.related.replaceAll("_", " ") }, ...names]} />
        {!where && there && <button type="button" className="plain link small" onClick={() => onChange({ ...leaf, where: { all: [subjectOf(there).fresh] } })}>{_("where…")}</button>}
      </div>
      {where && there && (
        <div className="cond-where">
          <span className="small">{_("where")}</span>
          <ConditionSubjectProvider value={subjectOf(there)}>{nested({ group: asGroup(where), path: `${path}.where`, onChange: (next) => onChange({ ...leaf, where: next }) })}</ConditionSubjectProvider>
          <button type="button" className="plain link small" onClick={() => onChange(bare)}>{_("Any will do")}</button>
        </div>
      )}
    </div>
  );
}; // prettier-ignore

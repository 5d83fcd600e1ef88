import { useEffect, useRef } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Field } from "#records";
import { textOf } from "../../records/cells.tsx";
import { valueIn, type Rec } from "../../records/record.ts";

export interface ConflictProps {
  /** The record as the form was filled from it, and as it is now. */
  before: Rec;
  now: Rec;
  /** What the person typed, by field. */
  mine: Readonly<Record<string, unknown>>;
  fields: readonly Field[];
  onMine: () => void;
  onTheirs: () => void;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Somebody saved while another was typing: both values of what differs, and whose stands. Nothing is overwritten unseen. */
export const Conflict = ({ before, now, mine, fields, onMine, onTheirs }: ConflictProps) => {
  const { _ } = useLingui();
  const panel = useRef<HTMLElement>(null);
  // The form is long and was sent from its end: what must be decided comes into view.
  useEffect(() => {
    panel.current?.scrollIntoView({ block: "nearest" });
    panel.current?.focus();
  }, []);
  const theirs = fields.filter((field) => !same(valueIn(before, field.name), valueIn(now, field.name)));
  const both = theirs.filter((field) => field.name in mine);
  const said = (record: Rec, field: Field): string => textOf(record, field) || _("empty");
  return (
    <section ref={panel} tabIndex={-1} className="note conflict" data-tone="amber" role="alert" aria-label={_("Two people changed this")}>
      <p>{_("Somebody else changed this record while you were editing.")} {both.length > 0 ? _("These fields differ:") : _("Your fields are not among those they changed.")}</p>
      <dl>
        {theirs.map((field) => (
          <div key={field.name}>
            <dt>{_(field.label)}</dt>
            {field.name in mine && <dd><span className="quiet small">{_("yours")}</span> <bdi>{said({ ...before, [field.name]: mine[field.name] }, field)}</bdi></dd>}
            <dd><span className="quiet small">{_("theirs")}</span> <bdi>{said(now, field)}</bdi></dd>
          </div>
        ))}
      </dl>
      <div className="line">
        <Button onClick={onMine}>{both.length > 0 ? _("Keep mine") : _("Save mine beside theirs")}</Button>
        <Button variant="default" onClick={onTheirs}>{_("Take theirs")}</Button>
      </div>
    </section>
  ); // prettier-ignore
};

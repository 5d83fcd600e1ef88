import { useLingui } from "@lingui/react";
import type { DescribedObject } from "../kit/boot.ts";
import { useMark } from "../kit/marks.ts";
import { cellOf } from "./cells.tsx";
import { fieldsOf, type Rec } from "./record.ts";
import "./records.css";

/** A record's fields beside their names; empty ones are left out. `only` gives names and their order. */
export const FactList = ({
  object,
  record,
  only,
}: {
  object: DescribedObject;
  record: Rec;
  only?: readonly string[];
}) => {
  const { _ } = useLingui();
  const fields = fieldsOf(object);
  const mark = useMark(record.id);
  const chosen = only
    ? only.flatMap((name) => fields.filter((field) => field.name === name))
    : fields.filter((field) => field.name !== object.title);
  const filled = chosen.map((field) => ({ field, drawn: cellOf(record, field) })).filter(({ drawn }) => drawn !== null);
  return (
    <dl className="facts">
      {filled.map(({ field, drawn }) => (
        <div key={field.name} data-changed={mark?.fields.includes(field.name) || undefined}>
          <dt title={field.help ? _(field.help) : undefined}>{_(field.label)}</dt>
          <dd>{drawn}</dd>
        </div>
      ))}
    </dl>
  );
};

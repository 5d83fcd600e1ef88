import { useMemo, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { may, type DescribedObject } from "../kit/boot.ts";
import { RecordForm } from "../kit/form/RecordForm.tsx";
import { FactList } from "./FactList.tsx";
import { andOwn, type Rec } from "./record.ts";

/**
 * The fields that administrators added to an object whose page says the rest in its own way, and a form for those alone: they are the
 * company's notes, and change also where what was agreed, paid or sent stands.
 */
export const OwnFacts = ({ object, record }: { object: DescribedObject; record: Rec }) => {
  const { _ } = useLingui();
  const [editing, setEditing] = useState(false);
  const own = useMemo(
    () => ({ ...object, fields: object.fields.filter((field) => field.name.startsWith("custom.")) }),
    [object],
  );
  if (own.fields.length === 0) return null;
  const edits = may(`${object.plural}.update`) && !record["deleted_at"] && own.fields.some((field) => !field.computed);
  return (
    <section className="own-facts" aria-labelledby="own-facts">
      <div className="line">
        <h2 className="h fill" id="own-facts">{_("Fields of your own")}</h2>
        {edits && <Button variant="default" size="compact-sm" aria-label={_("Edit fields of your own")} onClick={() => setEditing(true)}>{_("Edit")}</Button>}
      </div>
      <FactList object={own} record={record} only={andOwn(object, [])} />
      {editing && <RecordForm object={own} record={record} onClose={() => setEditing(false)} />}
    </section>
  ); // prettier-ignore
};

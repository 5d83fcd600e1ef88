import { useState } from "react";
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../kit/boot.ts";
import { useKeys } from "../../kit/keys.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { Objects } from "./Objects.tsx";
import { FieldDialog } from "./FieldDialog.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { customFields, fieldsKey, type Told } from "./fields.ts";
import { useOrder } from "./order.ts";
import "./fields.css";

/** Fields of one's own: what is added to an object, what it is called, what it holds. */
export const FieldsPage = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const { of = "contact" } = useSearch({ strict: false }) as { of?: string };
  const [retired, setRetired] = useState(false);
  const [open, setOpen] = useState<{ field?: Told }>();
  const asked = useQuery({ queryKey: fieldsKey, queryFn: () => customFields().list({}), refetchInterval: (query) => (query.state.data?.items.some((f) => !f.retired_at && (f.fast === "building" || f.uniqueness === "building")) ? 2_000 : false) });
  const manages = may("fields.manage");
  const order = useOrder(of);
  useKeys(manages ? [{ keys: "c", label: _("New field"), group: _("Fields"), run: () => setOpen({}) }] : []);
  const lead = _("Fields of your own stand in forms, tables, filters, files and the API like those that came with Rondo.");
  const add = manages && <Button onClick={() => setOpen({})}>{_("New field")}</Button>;
  return (
    <Settings title={_("Fields")} lead={lead} actions={add} wide>
      <Ask asked={asked}>
        {({ items, objects }) => {
          const fields = (items as Told[]).filter((field) => field.object === of);
          const shown = fields.filter((field) => retired || !field.retired_at);
          return (
            <>
              <div className="line fields-bar">
                <NativeSelect aria-label={_("Fields of")} value={of} data={objects.map((o) => ({ value: o.name, label: _(o.label) }))} onChange={(event) => void navigate({ to: "/settings/fields", search: { of: event.currentTarget.value } })} />
                {fields.some((field) => field.retired_at) && <Checkbox label={_("Also the retired ones")} checked={retired} onChange={(event) => setRetired(event.currentTarget.checked)} />}
              </div>
              {shown.length === 0 ? (
                <div className="empty"><p>{_("No field of your own here yet.")}</p>{manages && <Button variant="default" onClick={() => setOpen({})}>{_("Add one")}</Button>}</div>
              ) : (
                <ul className="rows">{shown.map((field) => <FieldRow key={field.id} field={field} order={order(shown, field)} onEdit={() => setOpen({ field })} />)}</ul>
              )}
              <Objects onMade={(name) => void navigate({ to: "/settings/fields", search: { of: name } })} />
              {open && <FieldDialog object={of} field={open.field} onClose={() => setOpen(undefined)} />}
            </>
          );
        }}
      </Ask>
    </Settings>
  );
}; // prettier-ignore

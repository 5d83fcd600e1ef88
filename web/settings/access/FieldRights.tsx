import { useState } from "react";
import { Button, NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { boot } from "../../kit/boot.ts";
import type { OwnRole } from "./access.ts";

type Rights = OwnRole["fields"];
const rightWords = { none: "Hidden", read: "May see", edit: "May see and edit" } as const;

/** Which fields of an object the role may see and edit: all, or those named here alone. */
export const FieldRights = ({ fields, onChange }: { fields: Rights; onChange: (fields: Rights) => void }) => {
  const { _ } = useLingui();
  const objects = (boot().objects ?? []).filter((o) => o.page !== false);
  const [plural, setPlural] = useState(() => objects.find((o) => fields[o.plural])?.plural ?? objects.find((o) => o.plural === "contacts")?.plural ?? objects[0]?.plural ?? "");
  const object = objects.find((o) => o.plural === plural);
  const rights = fields[plural];
  const put = (name: string, right: keyof typeof rightWords): void => {
    const { [name]: _gone, ...rest } = rights ?? {};
    onChange({ ...fields, [plural]: right === "none" ? rest : { ...rest, [name]: right } });
  };
  const everything = (): void => {
    const { [plural]: _gone, ...rest } = fields;
    onChange(rest);
  };
  const some = (): void => onChange({ ...fields, [plural]: Object.fromEntries((object?.fields ?? []).map((f) => [f.name, f.computed ? "read" : "edit"])) });
  return (
    <fieldset className="plain-set stack">
      <legend className="label">{_("Fields")}</legend>
      <div className="line field-rights-bar">
        <NativeSelect aria-label={_("Fields of")} value={plural} data={objects.map((o) => ({ value: o.plural, label: _(o.label_plural) + (fields[o.plural] ? " *" : "") }))} onChange={(event) => setPlural(event.currentTarget.value)} />
        {rights
          ? <Button variant="default" onClick={everything}>{_("Show all fields")}</Button>
          : <Button variant="default" onClick={some}>{_("Choose fields")}</Button>}
      </div>
      {!rights && <p className="quiet small">{_("All fields, also those that are added later.")}</p>}
      {rights && object && (
        <ul className="rows field-rights">
          {object.fields.filter((f) => f.name !== "created_at" && f.name !== "updated_at").map((f) => {
            const locked = f.name === object.title;
            return (
              <li key={f.name}>
                <span className="fill">{_(f.label)}</span>
                <NativeSelect
                  size="xs"
                  aria-label={_("Right to {field}", { field: _(f.label) })}
                  value={rights[f.name] ?? (locked ? "read" : "none")}
                  data={(Object.keys(rightWords) as (keyof typeof rightWords)[])
                    .filter((right) => !(locked && right === "none") && !(f.computed && right === "edit"))
                    .map((right) => ({ value: right, label: _(rightWords[right]) }))}
                  onChange={(event) => put(f.name, event.currentTarget.value as keyof typeof rightWords)}
                />
              </li>
            );
          })}
        </ul>
      )}
    </fieldset>
  );
}; // prettier-ignore

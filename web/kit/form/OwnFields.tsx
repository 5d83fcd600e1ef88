import { lazy, Suspense, useState } from "react";
import { pointed, pointedMany, type Rec } from "../../records/record.ts";
import type { DescribedObject } from "../boot.ts";

// The inputs of every type weigh 15 KB, and most companies have no such fields: they come when there are some.
const FieldInput = lazy(async () => ({ default: (await import("./FieldInput.tsx")).FieldInput }));

interface Props {
  object: DescribedObject | undefined;
  /** Values by the fields' names ("custom.region"); what is not said begins with the field's preset. */
  values: Readonly<Record<string, unknown>>;
  errors: Readonly<Record<string, string>>;
  /** The record whose values they are, for the names of what they point to. */
  record?: Rec | undefined;
  onChange: (name: string, value: unknown) => void;
}

const ownFields = (object: DescribedObject | undefined) =>
  (object?.fields ?? []).filter((field) => field.name.startsWith("custom.") && !field.computed);

/** The names of an object's fields of one's own, for forms that tell refusals at their fields. */
export const ownNames = (object: DescribedObject | undefined): string[] => ownFields(object).map((f) => f.name);

/** The fields that administrators added to an object, below those of a form with a list of its own. */
export const OwnFields = ({ object, values, errors, record, onChange }: Props) => {
  // What was chosen here goes by its name: a record, a file.
  const [titles, setTitles] = useState<Readonly<Record<string, string>>>({});
  return (
    <Suspense fallback={null}>
      {ownFields(object).map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          object={object?.name}
          value={field.name in values ? values[field.name] : (field.preset ?? null)}
          error={errors[field.name]}
          title={titles[field.name] ?? (record && pointed(record, field)?.title)}
          links={record && field.type === "relations" ? pointedMany(record, field) : undefined}
          onChange={(value, title) => {
            onChange(field.name, value);
            if (title) setTitles((before) => ({ ...before, [field.name]: title }));
          }}
        />
      ))}
    </Suspense>
  );
};

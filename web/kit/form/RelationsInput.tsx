import { useState } from "react";
import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Field } from "#records";
import { Icon } from "../Icon.tsx";
import { RelationPicker, type Pick } from "./RelationPicker.tsx";

interface Props {
  field: Field;
  value: unknown;
  /** Titles of what is chosen already. */
  links: readonly Pick[] | undefined;
  error: string | undefined;
  onChange: (value: unknown) => void;
  label?: string;
  description?: string | undefined;
}

/** Any number of records: each picked by its name, each taken away by its own button; null for none. */
export const RelationsInput = ({ field, value, links, onChange, ...rest }: Props) => {
  const { _ } = useLingui();
  const [picked, setPicked] = useState<readonly Pick[]>([]);
  const ids = Array.isArray(value) ? value.map(String) : [];
  const titleOf = (id: string): string => [...picked, ...(links ?? [])].find((one) => one.id === id)?.title ?? "…";
  const put = (next: readonly string[]): void => onChange(next.length > 0 ? next : null);
  return (
    <div className="stack">
      <RelationPicker
        key={ids.length}
        to={field.to ?? ""}
        name={field.name}
        value={null}
        required={field.required}
        onPick={(one) => {
          if (!one || ids.includes(one.id)) return;
          setPicked((before) => [...before, one]);
          put([...ids, one.id]);
        }}
        {...rest}
      />
      {ids.length > 0 && (
        <ul className="picked">
          {ids.map((id) => (
            <li key={id} className="chip">
              <bdi>{titleOf(id)}</bdi>
              <ActionIcon variant="subtle" size="xs" aria-label={_("Remove {name}", { name: titleOf(id) })} onClick={() => put(ids.filter((other) => other !== id))}><Icon name="x" size={12} /></ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}; // prettier-ignore

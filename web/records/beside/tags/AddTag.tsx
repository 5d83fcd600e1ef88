import { useState } from "react";
import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { count } from "../../../kit/format.ts";
import { useTagsNamed, type Tag } from "./told.ts";

/** Names a tag: those there are are offered while it is typed, any other word makes a new one. */
export const AddTag = ({ known, onAdd }: { known: readonly Tag[]; onAdd: (name: string) => void }) => {
  const { _ } = useLingui();
  const [q, setQ] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useTagsNamed(q.trim());
  const offered = (found.data?.items ?? []).filter((tag) => !known.some((one) => one.id === tag.id));
  const isNew = q.trim() !== "" && ![...offered, ...known].some((tag) => tag.name.toLocaleLowerCase() === q.trim().toLocaleLowerCase()); // prettier-ignore
  const choose = (name: string): void => {
    onAdd(name);
    setQ("");
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.Target>
        <TextInput
          aria-label={_("Add a tag")}
          placeholder={_("Add a tag")}
          maxLength={60}
          value={q}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setQ(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onKeyDown={(event) => {
            // What was typed is meant unless the arrows chose another.
            if (event.key !== "Enter" || combobox.getSelectedOptionIndex() !== -1 || q.trim() === "") return;
            event.preventDefault();
            choose(q.trim());
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={offered.length === 0 && !isNew}>
        <Combobox.Options>
          {isNew && <Combobox.Option value={q.trim()}>{_("New tag “{tag}”", { tag: q.trim() })}</Combobox.Option>}
          {offered.map((tag) => (
            <Combobox.Option key={tag.id} value={tag.name}>
              <span className="line" data-tone={tag.tone}><span className="dot" /><bdi className="fill clip">{tag.name}</bdi><span className="quiet small number">{count(tag.uses)}</span></span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  ); // prettier-ignore
};

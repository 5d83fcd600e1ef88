import { ActionIcon, Checkbox, Popover } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Icon } from "../kit/Icon.tsx";
import { moved } from "../kit/grid/column.ts";
import type { LatePopUp } from "../kit/Late.tsx";
import type { Choosing } from "./ColumnChooser.tsx";
import { columnable } from "./columns.ts";

/** The list of columns that opens at the chooser's button. */
const ColumnList = ({ object, shown, onShown, onUsual, target, ...open }: Choosing & LatePopUp) => {
  const { _ } = useLingui();
  const fields = columnable(object).filter((field) => field.name !== object.title);
  const ordered = [
    ...shown.flatMap((name) => fields.filter((field) => field.name === name)),
    ...fields.filter((field) => !shown.includes(field.name)),
  ];
  const toggle = (name: string): void =>
    onShown(shown.includes(name) ? shown.filter((other) => other !== name) : [...shown, name]);
  return (
    <Popover position="bottom-end" width={260} trapFocus returnFocus {...open}>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown aria-label={_("Columns")}>
        <ul className="columns">
          {ordered.map((field) => {
            const label = _(field.label);
            const on = shown.includes(field.name);
            return (
              <li key={field.name} className="line">
                <Checkbox className="fill" label={label} checked={on} onChange={() => toggle(field.name)} />
                {on && (
                  <>
                    <ActionIcon
                      aria-label={_("Move {column} up", { column: label })}
                      onClick={() => onShown(moved(shown, field.name, -1))}
                    >
                      <Icon name="sortAsc" size={14} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={_("Move {column} down", { column: label })}
                      onClick={() => onShown(moved(shown, field.name, 1))}
                    >
                      <Icon name="sortDesc" size={14} />
                    </ActionIcon>
                  </>
                )}
              </li>
            );
          })}
        </ul>
        <button type="button" className="plain link small" onClick={onUsual}>
          {_("The usual columns")}
        </button>
      </Popover.Dropdown>
    </Popover>
  );
};

export default ColumnList;

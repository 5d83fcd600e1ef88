import { Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import type { DescribedObject } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { fieldAt } from "../condition/fields.ts";
import type { Rec } from "../record.ts";
import { otherThan, sameAs } from "./cell.ts";
import { sentence } from "./words.ts";

export interface CellMenuProps {
  object: DescribedObject;
  record: Rec;
  column: string;
  /** Where the menu opens, px from the window's edges. */
  at: { x: number; y: number };
  onFilter: (by: Condition) => void;
  onClose: () => void;
}

/** What a cell offers: filter by it, or by everything else. */
const CellMenu = ({ object, record, column, at, onFilter, onClose }: CellMenuProps) => {
  const { _ } = useLingui();
  const field = fieldAt(object, column);
  if (!field) return null;
  const same = sameAs(record, field);
  const item = (by: Condition) => (
    <Menu.Item leftSection={<Icon name="filter" size={14} />} onClick={() => onFilter(by)}>
      {sentence(object, by)}
    </Menu.Item>
  );
  return (
    <Menu opened onClose={onClose} position="bottom-start" returnFocus>
      <Menu.Target>
        <span style={{ position: "fixed", left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown maw={360}>
        <Menu.Label>{_("Filter by this cell")}</Menu.Label>
        {item(same)}
        {item(otherThan(same))}
      </Menu.Dropdown>
    </Menu>
  );
};
export default CellMenu;

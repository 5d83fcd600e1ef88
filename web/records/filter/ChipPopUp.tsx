import { Popover } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { LatePopUp } from "../../kit/Late.tsx";
import { ChipEditor, type ChipEditorProps } from "./ChipEditor.tsx";

/** Where one condition of the filter is made or changed, at its chip. */
const ChipPopUp = ({ target, opened, onChange, ...editing }: LatePopUp & ChipEditorProps) => {
  const { _ } = useLingui();
  return (
    <Popover
      opened={opened}
      onChange={onChange}
      trapFocus
      returnFocus
      closeOnEscape={false}
      position="bottom-start"
      shadow="md"
    >
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown aria-label={_("Filter")}>{opened && <ChipEditor {...editing} />}</Popover.Dropdown>
    </Popover>
  );
};

export default ChipPopUp;

import { useState } from "react";
import { Popover } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { FieldLeaf } from "#kernel/condition";
import LeafEditor from "../../records/filter/LeafEditor.tsx";
import { leafWords } from "../../records/filter/words.ts";
import { useConditionSubject } from "./subject.ts";

/** A field condition as a chip in words that opens its editor. */
export const FieldChip = ({ leaf, onChange }: { leaf: FieldLeaf; onChange: (leaf: FieldLeaf) => void }) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState(false);
  const { object } = useConditionSubject();
  const words = leafWords(object, leaf);
  return (
    <Popover opened={open} onChange={setOpen} trapFocus returnFocus position="bottom-start" width={280}>
      <Popover.Target>
        <button type="button" className="plain cond-chip" onClick={() => setOpen(!open)}>
          {words.field} <span className="quiet">{words.op}</span> <bdi>{words.value}</bdi>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={_("Condition")}>
        {open && (
          <LeafEditor
            object={object}
            leaf={leaf}
            onClose={() => setOpen(false)}
            onDone={(next) => {
              setOpen(false);
              onChange(next);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
};

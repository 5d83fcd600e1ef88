import { createPortal } from "react-dom";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Field } from "#records";
import { Value } from "../history/Value.tsx";
import type { Edit } from "./edits.ts";
import { usePlace } from "./usePlace.ts";

export interface CellNoteProps {
  cell: string;
  grid: string;
  field: Field;
  edit: Edit;
  onTheirs: () => void;
  onMine: () => void;
  onBack: () => void;
}

/** Under a cell that was refused, the server's words; under one in conflict, both values and the choice between them. */
export const CellNote = ({ cell, grid, field, edit, onTheirs, onMine, onBack }: CellNoteProps) => {
  const { _ } = useLingui();
  const place = usePlace(cell, grid);
  if (!place) return null;
  return createPortal(
      <div
        data-portal
        className="cell-note"
        data-tone={edit.mark === "conflict" ? "amber" : "red"}
        role="group"
        aria-label={_(field.label)}
        style={{ insetBlockStart: place.bottom + 2, left: Math.max(8, Math.min(place.left, window.innerWidth - 328)) }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onBack();
        }}
      >
        {edit.theirs ? (
          <>
            <p>{_("Somebody else changed this cell while you did.")}</p>
            <dl>
              <div><dt>{_("Theirs")}</dt><dd><Value field={field} value={edit.theirs.value} /></dd></div>
              <div><dt>{_("Yours")}</dt><dd><Value field={field} value={edit.value} /></dd></div>
            </dl>
            <div className="line">
              <Button onClick={onMine}>{_("Keep mine")}</Button>
              <Button variant="default" onClick={onTheirs}>{_("Keep theirs")}</Button>
            </div>
          </>
        ) : (
          <p>{edit.words} <span className="quiet">{_("Not saved: F2 to mend it, Esc to leave it as it was.")}</span></p>
        )}
      </div>,
    document.body,
  ); // prettier-ignore
};

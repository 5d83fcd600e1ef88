import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { createPortal } from "react-dom";
import { useLingui } from "@lingui/react";
import type { Field } from "#records";
import { workspace } from "../../kit/boot.ts";
import { FieldInput } from "../../kit/form/FieldInput.tsx";
import { usePlace } from "./usePlace.ts";

/** Where the cursor goes after a value was taken over. */
export interface Step {
  row: number;
  col: number;
}
export interface CellEditorProps {
  cell: string;
  grid: string;
  field: Field;
  value: unknown;
  title: string | undefined;
  currency: string | undefined;
  words: string | undefined;
  onCommit: (value: unknown, title: string | undefined, step: Step) => void;
  onCancel: () => void;
}

// A choice is made with one press; what is typed needs a press that ends it.
const picked = new Set<Field["type"]>(["choice", "country", "currency", "relation", "user"]);
const stay: Step = { row: 0, col: 0 };
// Not hidden: where motion is reduced, what was hidden stays so for a moment, and what is hidden cannot take the focus.
const offScreen = { insetBlockStart: -9999, left: 0 };

/** The editor of one cell: the field's own input over it. Enter takes over and goes down, Tab to the side, Esc leaves it as it was. */
export const CellEditor = (props: CellEditorProps) => {
  const { cell, grid, field, currency, onCommit, onCancel } = props;
  const { _ } = useLingui();
  const [value, setValue] = useState(props.value);
  const [title, setTitle] = useState(props.title);
  const [words, setWords] = useState(props.words);
  const box = useRef<HTMLDivElement>(null);
  const over = useRef(false);
  const place = usePlace(cell, grid);
  const placed = place !== undefined;
  // Before the letter that opened it is typed.
  useLayoutEffect(() => {
    if (!placed) return;
    const input = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>(
      "input:not([type=hidden]), textarea",
    );
    input?.focus({ preventScroll: true });
    input?.select();
  }, [placed]);
  const commit = (next: unknown, called: string | undefined, step: Step): void => {
    if (over.current) return;
    // What is no number is not a value yet: its own words stand under it.
    if (box.current?.querySelector("input[aria-invalid=true]") && !words) return;
    if (field.required && (next === null || next === "")) return setWords(_("{field} is needed", { field: _(field.label) }));
    over.current = true;
    onCommit(next, called, step);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      over.current = true;
      event.preventDefault();
      return onCancel();
    }
    if (event.key === "Tab") {
      event.preventDefault();
      return commit(value, title, { row: 0, col: event.shiftKey ? -1 : 1 });
    }
    if (event.key !== "Enter" || event.altKey || event.defaultPrevented) return;
    if (field.type === "long_text" && event.shiftKey) return;
    event.preventDefault();
    commit(value, title, { row: event.shiftKey ? -1 : 1, col: 0 });
  };
  return createPortal(
      <div
        ref={box}
        data-portal
        className="cell-editor"
        style={place ? { insetBlockStart: place.top, left: place.left, minInlineSize: Math.max(place.width, 120) } : offScreen}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          const to = event.relatedTarget;
          if (event.currentTarget.contains(to) || (to instanceof HTMLElement && to.closest("[role=listbox]"))) return;
          commit(value, title, stay);
        }}
      >
        <FieldInput
          bare
          field={field}
          value={value}
          title={title}
          error={words}
          currency={currency ?? workspace().currency}
          onChange={(next, called) => {
            setValue(next);
            setTitle(called);
            setWords(undefined);
            if (picked.has(field.type)) commit(next, called, stay);
          }}
        />
      </div>,
    document.body,
  );
}; // prettier-ignore

import { useEffect, useState } from "react";
import { useLingui } from "@lingui/react";
import { dismiss, useNotes, type Note } from "./notes.ts";
import { Icon } from "./Icon.tsx";
import "./styles/notes.css";

// Milliseconds a note stays; a pointer or the keyboard on it stops the clock, and Ctrl Z works after it has gone (WCAG 2.2.1).
const stays = 9000;

const OneNote = ({ note }: { note: Note }) => {
  const { _ } = useLingui();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || note.open) return;
    const clock = setTimeout(() => dismiss(note.id), stays);
    return () => clearTimeout(clock);
  }, [held, note.id, note.open]);
  const hold = {
    onMouseEnter: () => setHeld(true),
    onMouseLeave: () => setHeld(false),
    onFocus: () => setHeld(true),
    onBlur: () => setHeld(false),
  };
  return (
    <div className="a-note" data-tone={note.tone === "bad" ? "red" : undefined} {...hold}>
      {note.tone === "bad" && <span className="dot" />}
      <span className="fill">{note.sentence}</span>
      {note.undo && (
        <button type="button" className="plain link" onClick={note.undo}>
          {_("Undo")}
        </button>
      )}
      {note.open && (
        <button type="button" className="plain link" onClick={() => (dismiss(note.id), note.open?.())}>
          {_("Open")}
        </button>
      )}
      <button type="button" className="plain" aria-label={_("Dismiss")} onClick={() => dismiss(note.id)}>
        <Icon name="x" size={14} />
      </button>
    </div>
  );
};

/** The notes at the bottom of the screen, read out as they come. */
export const Notes = () => (
  <div className="notes" aria-live="polite" role="status">
    {useNotes().map((note) => (
      <OneNote key={note.id} note={note} />
    ))}
  </div>
);

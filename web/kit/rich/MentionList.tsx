import { createPortal } from "react-dom";
import type { Asking } from "./mention.ts";

const wide = 220; // px

/** The colleagues offered below what is typed; the editor keeps the focus and hears the keys. */
export const MentionList = ({ asking, label }: { asking: Asking; label: string }) => {
  const { place, people, at, choose } = asking;
  if (!place || people.length === 0) return null;
  const x = Math.min(place.left, window.innerWidth - wide - 8);
  return createPortal(
    <ul id="mention-list" className="mention-list" role="listbox" aria-label={label} style={{ insetBlockStart: place.bottom + 4, left: Math.max(8, x), inlineSize: wide }}>
      {people.map((person, i) => (
        <li key={person.id} role="option" aria-selected={i === at} onMouseDown={(event) => (event.preventDefault(), choose(person))}>
          <bdi>{person.name}</bdi>
        </li>
      ))}
    </ul>,
    document.body,
  ); // prettier-ignore
};

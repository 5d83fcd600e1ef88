import { useEffect, useRef, type ReactNode } from "react";
import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { Icon } from "../Icon.tsx";

export interface CardProps {
  id: string;
  name: string;
  href: string | undefined;
  /** Whether Tab stops here; arrows walk to the others. */
  current: boolean;
  movable: boolean;
  top: number;
  onMenu: (id: string) => void;
  children: ReactNode;
}

/** A card of a board: draggable, a link or a button, and its menu. */
export const Card = ({ id, name, href, current, movable, top, onMenu, children }: CardProps) => {
  const { _ } = useLingui();
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!element.current || !movable) return;
    return draggable({ element: element.current, getInitialData: () => ({ card: id }) });
  }, [id, movable]);
  const tabIndex = current ? 0 : -1;
  return (
    <li ref={element} className="board-card" style={{ insetBlockStart: top }} data-card={id}>
      {href === undefined
        ? <button type="button" className="plain board-card-link" tabIndex={tabIndex}>{children}</button>
        : <Link to={href} className="board-card-link" tabIndex={tabIndex} draggable={false}>{children}</Link>}
      {movable && (
        <button type="button" className="board-card-menu" tabIndex={-1} aria-label={_("Move {name} to…", { name })} onClick={() => onMenu(id)}>
          <Icon name="more" size={14} />
        </button>
      )}
    </li>
  ); // prettier-ignore
};

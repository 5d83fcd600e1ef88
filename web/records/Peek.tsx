import { useEffect, useRef, type ReactNode } from "react";
import { ActionIcon, Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Icon } from "../kit/Icon.tsx";

export interface PeekProps {
  title: string;
  /** Where it stands in the list: "7 of 143". */
  place: string;
  onOpen: () => void;
  onEdit?: (() => void) | undefined;
  onClose: () => void;
  children: ReactNode;
}

/** A look at a record at the side, without leaving the list: beside it on wide screens, over it on phones; Esc closes. */
export const Peek = ({ title, place, onOpen, onEdit, onClose, children }: PeekProps) => {
  const { _ } = useLingui();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // An open menu or dialog above takes its own Escape first.
      if (
        event.key !== "Escape" ||
        event.defaultPrevented ||
        document.querySelector(
          "[role=dialog][data-autofocus], .mantine-Modal-content, .mantine-Popover-dropdown, .mantine-Drawer-content",
        )
      )
        return;
      event.preventDefault();
      onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <aside className="peek" ref={panel} aria-label={_("Look at {name}", { name: title })}>
      <header className="line">
        <h2 className="h fill clip">
          <bdi>{title}</bdi>
        </h2>
        <span className="quiet small number">{place}</span>
        <ActionIcon aria-label={_("Close")} onClick={onClose}>
          <Icon name="x" />
        </ActionIcon>
      </header>
      <div className="line peek-acts">
        <Button onClick={onOpen}>{_("Open")}</Button>
        {onEdit && (
          <Button variant="default" onClick={onEdit}>
            {_("Edit")}
          </Button>
        )}
      </div>
      {children}
    </aside>
  );
};

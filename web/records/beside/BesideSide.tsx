import { useEffect, useRef } from "react";
import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { Icon } from "../../kit/Icon.tsx";
import type { Here } from "../../kit/here.ts";
import { CommentsPart } from "./comments/CommentsPart.tsx";
import { FilesPart } from "./files/FilesPart.tsx";
import { HistoryPart } from "./history/HistoryPart.tsx";
import { TagsPart } from "./tags/TagsPart.tsx";
import { partWords } from "./words.ts";
import "../records.css";
import "./beside.css";

// What lies above takes its own Escape first.
const above = "[role=dialog], .mantine-Popover-dropdown, .mantine-Menu-dropdown, .tippy, dialog[open]";

/** The side of a record's page with one part of what lies beside it; Esc closes, and the focus goes back to where it came from. */
const BesideSide = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const panel = useRef<HTMLElement>(null);
  const part = here.part ?? "files";
  useEffect(() => {
    const came = document.activeElement;
    panel.current?.focus();
    return () => {
      if (came instanceof HTMLElement && came.isConnected) came.focus();
    };
  }, [part]);
  const close = (): void => void navigate({ to: ".", search: true, hash: "", replace: true, resetScroll: false });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(above)) return;
      event.preventDefault();
      close();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
  return (
    <aside className="peek beside" ref={panel} tabIndex={-1} aria-label={_(partWords[part])}>
      <header className="line beside-head">
        <h2 className="h fill clip">{_(partWords[part])}</h2>
        <ActionIcon aria-label={_("Close")} onClick={close}>
          <Icon name="x" />
        </ActionIcon>
      </header>
      {part === "comments" && <CommentsPart here={here} />}
      {part === "files" && <FilesPart here={here} />}
      {part === "tags" && <TagsPart here={here} />}
      {part === "history" && <HistoryPart here={here} />}
    </aside>
  );
};
export default BesideSide;

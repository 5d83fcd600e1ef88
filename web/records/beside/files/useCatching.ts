import { useEffect, useEffectEvent } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import type { Here } from "../../../kit/here.ts";
import { addFiles } from "./sending.ts";

const holdsFiles = (data: DataTransfer | null): boolean => data?.types.includes("Files") ?? false;

/** Whether this person may add files to the record. */
export const mayAdd = (here: Here): boolean => offers("files.add") && may(`${here.plural}.update`);

/** Takes files that are dropped anywhere on the record's page, or pasted (a screenshot), and opens the list of files. */
export function useCatching(here: Here): void {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const take = useEffectEvent((list: FileList | undefined): void => {
    const chosen = [...(list ?? [])];
    if (chosen.length === 0) return;
    addFiles(cache, here, chosen);
    void navigate({ to: ".", search: true, hash: "files", replace: true, resetScroll: false });
  });
  const active = mayAdd(here);
  useEffect(() => {
    if (!active) return undefined;
    const over = (event: DragEvent): void => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      document.body.dataset["catching"] = "";
    };
    const leave = (event: DragEvent): void => {
      if (!event.relatedTarget) delete document.body.dataset["catching"];
    };
    const drop = (event: DragEvent): void => {
      delete document.body.dataset["catching"];
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      take(event.dataTransfer?.files);
    };
    const paste = (event: ClipboardEvent): void => {
      // A spreadsheet puts a picture beside its cells; whoever pastes cells wants the text.
      if (event.clipboardData?.types.includes("text/plain") || event.defaultPrevented) return;
      if (event.clipboardData?.files.length) event.preventDefault();
      take(event.clipboardData?.files);
    };
    const listening = new AbortController();
    window.addEventListener("dragover", over, listening);
    window.addEventListener("dragleave", leave, listening);
    window.addEventListener("drop", drop, listening);
    window.addEventListener("paste", paste, listening);
    return () => {
      listening.abort();
      delete document.body.dataset["catching"];
    };
  }, [active]);
}

import { useEffect, useRef } from "react";
import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { count } from "../../../kit/format.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { contentOf, isPicture, type KeptFile } from "./told.ts";

export interface LightboxProps {
  files: readonly KeptFile[];
  shown: string;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** A picture or a PDF over everything: arrows go to the next one, Esc closes. */
export const Lightbox = ({ files, shown, onShow, onClose }: LightboxProps) => {
  const { _ } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const at = files.findIndex((file) => file.id === shown);
  const file = files[at];
  useEffect(() => dialog.current?.showModal(), []);
  if (!file) return null;
  const go = (step: number): void => {
    const other = files[(at + step + files.length) % files.length];
    if (other) onShow(other.id);
  };
  const forward = getComputedStyle(document.documentElement).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={file.name}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        event.preventDefault();
        go(event.key === forward ? 1 : -1);
      }}
    >
      <header className="line">
        <h2 className="h fill clip"><bdi>{file.name}</bdi></h2>
        {files.length > 1 && (
          <>
            <ActionIcon className="lightbox-back" aria-label={_("The former one")} onClick={() => go(-1)}><Icon name="right" /></ActionIcon>
            <span className="number small">{_("{n} of {total}", { n: count(at + 1), total: count(files.length) })}</span>
            <ActionIcon className="lightbox-on" aria-label={_("The next one")} onClick={() => go(1)}><Icon name="right" /></ActionIcon>
          </>
        )}
        <ActionIcon renderRoot={(props) => <a {...props} href={contentOf(file.id, false)} download={file.name} />} aria-label={_("Keep a copy of {file}", { file: file.name })}><Icon name="download" /></ActionIcon>
        <ActionIcon aria-label={_("Close")} onClick={() => dialog.current?.close()}><Icon name="x" /></ActionIcon>
      </header>
      {isPicture(file) ? <img key={file.id} src={contentOf(file.id, true)} alt={file.name} /> : <iframe key={file.id} src={contentOf(file.id, true)} title={file.name} />}
    </dialog>
  ); // prettier-ignore
};

import { useRef, useState, type DragEvent } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { bytesWords, percent } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import type { UseSending } from "./useSending.ts";

/** Takes a file by drop or by choosing, shows how much of it is sent, and says in words why one is refused. */
export const DropZone = ({ sending, onFile }: { sending: UseSending; onFile: (file: File) => void }) => {
  const { _ } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [many, setMany] = useState(false);
  const take = (files: FileList | null): void => {
    const [file, ...more] = files ?? [];
    setMany(more.length > 0);
    if (file && more.length === 0) onFile(file);
    if (input.current) input.current.value = ""; // the same file again is a new choice
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const { file, share, failed } = sending;
  return (
    <div className="stack">
      <div className="drop" data-over={over || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        {file ? (
          <div className="drop-sending">
            <p>
              <bdi>{file.name}</bdi> <span className="quiet number">{bytesWords(file.size)}</span>
            </p>
            <div className="tray-bar" role="progressbar" aria-label={_("Sending {file}", { file: file.name })} aria-valuenow={Math.round(share * 100)} aria-valuemin={0} aria-valuemax={100}>
              <i style={{ inlineSize: percent(share).replace(/[^\d]/g, "") + "%" }} />
            </div>
            <p className="quiet small number" role="status">
              {share < 1 ? _("{share} sent", { share: percent(share) }) : _("Looking into the file")}
            </p>
            <Button variant="default" onClick={sending.cancel}>{_("Cancel")}</Button>
          </div>
        ) : (
          <>
            <Icon name="upload" size={22} />
            <p className="drop-words">{_("Drop a file here, or")}</p>
            <Button onClick={() => input.current?.click()}>{_("Choose a file")}</Button>
            <p className="quiet small">{_("CSV or any text with columns, plain or .gz, an Excel workbook (.xlsx), or contacts as vCards (.vcf).")}</p>
          </>
        )}
        <input ref={input} type="file" hidden aria-label={_("File to import")} accept=".csv,.tsv,.txt,.gz,.xlsx,.vcf,text/csv,text/plain,text/vcard" onChange={(event) => take(event.currentTarget.files)} />
      </div>
      <div role="alert">
        {failed && <p className="note" data-tone="red">{failed}</p>}
        {many && <p className="note" data-tone="red">{_("One file at a time, please.")}</p>}
      </div>
    </div>
  ); // prettier-ignore
};

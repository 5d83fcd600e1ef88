import { useRef, useState, type DragEvent } from "react";
import { Button, Input } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { contentOf, giveUp, type KeptFile } from "../../records/beside/files/told.ts";
import { Icon } from "../Icon.tsx";
import { isProblem, sentenceOf } from "../problem.ts";
import { sendFile, type SendingFile } from "../send-file.ts";
import "./file-input.css";

interface Props {
  /** The object whose record holds it, by name. */
  object: string;
  label: string;
  description?: string | undefined;
  required?: boolean | undefined;
  error?: string | undefined;
  /** The file's id. */
  value: string | null;
  /** What it is called. */
  title: string | undefined;
  onChange: (value: string | null, title?: string) => void;
}

interface Sending extends SendingFile<KeptFile> {
  name: string;
  share: number;
}

const useSending = ({ object, value, onChange }: Pick<Props, "object" | "value" | "onChange">) => {
  const { _ } = useLingui();
  const [sending, setSending] = useState<Sending>();
  const [failed, setFailed] = useState("");
  const send = async (file: File | undefined): Promise<void> => {
    if (!file || sending) return;
    setFailed("");
    const onShare = (share: number): void => setSending((now) => now && { ...now, share });
    const broken = _("The connection was lost while the file was sent, or the file is larger than the server takes.");
    const sent = sendFile<KeptFile>("/files", file, { object }, onShare, broken);
    setSending({ ...sent, name: file.name, share: 0 });
    try {
      const kept = await sent.answer;
      giveUp(value);
      onChange(kept.id, kept.name);
    } catch (thrown) {
      if (!isProblem(thrown) || thrown.code !== "cancelled") setFailed(sentenceOf(thrown));
    } finally {
      setSending(undefined);
    }
  };
  return { sending, failed, send };
};

/** One file of a record: dropped here or chosen, sent at once, and the record's when its form is saved. */
const FileInput = ({ object, label, description, required, error, value, title, onChange }: Props) => {
  const { _ } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const { sending, failed, send } = useSending({ object, value, onChange });
  // Not for the page behind, which takes files for the record's list.
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    delete document.body.dataset["catching"];
    if (event.type === "drop") void send(event.dataTransfer.files[0]);
  };
  const percent = Math.round((sending?.share ?? 0) * 100);
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} error={error ?? failed} withAsterisk={required ?? false}>
      <div className="file-input" role="group" aria-label={label} onDragOver={drop} onDrop={drop}>
        {sending ? (
          <>
            <bdi className="fill clip">{sending.name}</bdi>
            <div className="tray-bar" role="progressbar" aria-label={_("Sending {file}", { file: sending.name })} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}><i style={{ inlineSize: `${percent}%` }} /></div>
            <Button variant="default" size="compact-sm" onClick={sending.cancel}>{_("Cancel")}</Button>
          </>
        ) : (
          <>
            <Icon name="clip" size={14} />
            {value ? <a className="link fill clip" href={contentOf(value, true)} target="_blank" rel="noreferrer"><bdi>{title ?? _("File")}</bdi></a> : <span className="quiet small fill">{_("Drop a file here, or")}</span>}
            <Button variant="default" size="compact-sm" aria-label={value ? _("Choose another file for {field}", { field: label }) : _("Choose a file for {field}", { field: label })} onClick={() => input.current?.click()}>{value ? _("Another") : _("Choose a file")}</Button>
            {value && <Button variant="default" size="compact-sm" aria-label={_("Empty {field}", { field: label })} onClick={() => (giveUp(value), onChange(null))}><Icon name="x" size={14} /></Button>}
          </>
        )}
        <input ref={input} type="file" hidden aria-label={label} onChange={(event) => {
          void send(event.currentTarget.files?.[0]);
          event.currentTarget.value = ""; // the same file again is a new choice
        }} />
      </div>
    </Input.Wrapper>
  ); // prettier-ignore
};
export default FileInput;

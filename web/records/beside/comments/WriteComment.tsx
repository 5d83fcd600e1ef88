import { useRef, useState, type KeyboardEvent } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { keepDraft, readDraft } from "../../../kit/form/draft.ts";
import type { Here } from "../../../kit/here.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { RichField } from "../../../kit/rich/RichField.tsx";
import { textOfValue } from "../../../kit/text.ts";
import { done } from "../../../kit/undo.ts";
import { comments, useCommentsAgain, type Said } from "./told.ts";

export interface WriteCommentProps {
  here: Here;
  /** The own comment that is changed; a new one is written without it. */
  said?: Said;
  onDone?: () => void;
}

const useSend = ({ here, said }: WriteCommentProps) => {
  const { _ } = useLingui();
  const again = useCommentsAgain(here);
  return async (html: string): Promise<void> => {
    if (said) {
      const { version } = (await comments().edit({ id: said.id, version: said.version, html })) as { version: number };
      done(_("Comment changed"), () => comments().edit({ id: said.id, version, html: said.html }).then(again));
    } else {
      const { object, record_id } = here;
      const { id } = (await comments().write({ object, record_id, html })) as { id: string };
      done(_("Comment written"), () => comments().remove({ id }).then(again));
    }
    await again();
  };
};

/** Writes a comment or changes one: Ctrl or Command Enter sends, what is typed survives a reload, a refusal keeps the words. */
export const WriteComment = (props: WriteCommentProps) => {
  const { _ } = useLingui();
  const { here, said, onDone } = props;
  const place = `comment.${said?.id ?? here.record_id}`;
  const [first, setFirst] = useState(() => ({ key: 0, html: textOfValue(readDraft(place)?.["html"]) || (said?.html ?? "") }));
  const html = useRef(first.html);
  const [ready, setReady] = useState(first.html !== "");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const send = useSend(props);
  const change = (now: string): void => {
    html.current = now;
    setReady(now !== "");
    keepDraft(place, now ? { html: now } : undefined);
  };
  const submit = async (): Promise<void> => {
    if (busy || html.current === "") return;
    setBusy(true);
    setFailed("");
    try {
      await send(html.current);
      keepDraft(place, undefined);
      html.current = "";
      setReady(false);
      setFirst({ key: first.key + 1, html: "" });
      onDone?.();
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
    } else if (event.key === "Escape" && onDone && !event.defaultPrevented) {
      event.preventDefault();
      onDone();
    }
  };
  return (
    <form className="stack" onSubmit={(event) => (event.preventDefault(), void submit())} onKeyDownCapture={onKeyDown}>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      <RichField key={first.key} label={said ? _("Your comment") : _("Comment")} placeholder={_("Say it to colleagues; @ names one")} initial={first.html} onChange={change} autoFocus={said !== undefined} />
      <div className="line">
        <Button type="submit" loading={busy} disabled={!ready}>{said ? _("Keep") : _("Comment")}</Button>
        {onDone && <Button variant="default" onClick={onDone}>{_("Cancel")}</Button>}
        <span className="quiet small wide-only"><kbd>Ctrl</kbd> <kbd>Enter</kbd></span>
      </div>
    </form>
  );
}; // prettier-ignore

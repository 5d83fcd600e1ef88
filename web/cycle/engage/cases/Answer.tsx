import { useEffect, useRef, useState } from "react";
import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { keepDraft, readDraft } from "../../../kit/form/draft.ts";
import { useKeys } from "../../../kit/keys.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { textOfValue } from "../../../kit/text.ts";
import { done } from "../../../kit/undo.ts";
import { cases, useAgain, type Case } from "./told.ts";

type Kind = "reply" | "note";

const useSend = (found: Case) => {
  const { _ } = useLingui();
  const again = useAgain();
  // The same key for the same text: a lost answer and a second press save it once.
  const key = useRef({ text: "", id: "" });
  return async (kind: Kind, body: string, status: "waiting" | "open"): Promise<void> => {
    const { id } = found;
    if (kind === "note") {
      const { message_id } = await cases().note({ id, body });
      done(_("Note written"), () => cases().removeNote({ id, message_id }).then(again));
    } else {
      if (key.current.text !== body) key.current = { text: body, id: crypto.randomUUID() };
      const { message_id } = await cases().reply({ id, body, status, form_key: key.current.id });
      if (message_id) done(_("Reply to {name} leaves in a few seconds", { name: found.contact?.title ?? found.number }), () => cases().unsay({ id, message_id }).then(again)); // prettier-ignore
    }
    await again();
  };
};

/** Where one answers the customer, or writes a note that stays in the house. Ctrl or Command Enter sends. */
export const Answer = ({ found }: { found: Case }) => {
  const { _ } = useLingui();
  const place = `case.${found.id}`;
  const kept = readDraft(place);
  const [kind, setKind] = useState<Kind>(kept?.["kind"] === "note" || !found.contact_id ? "note" : "reply");
  const [body, setBody] = useState(textOfValue(kept?.["body"]));
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const send = useSend(found);
  useEffect(() => keepDraft(place, body ? { kind, body } : undefined), [place, kind, body]);
  const begin = (as: Kind): void => {
    setKind(as);
    box.current?.focus();
  };
  useKeys([
    { keys: "r", label: _("Reply"), group: _("This case"), run: () => begin("reply") },
    { keys: "n", label: _("Write a note"), group: _("This case"), run: () => begin("note") },
    { keys: "mod+Enter", label: _("Send"), group: _("This case"), told: true, run: () => undefined },
  ]);
  const submit = async (status: "waiting" | "open"): Promise<void> => {
    if (busy || body.trim() === "") return;
    setBusy(true);
    setFailed("");
    try {
      await send(kind, body, status);
      setBody("");
      box.current?.focus();
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const words = kind === "note" ? _("Note for colleagues") : _("Reply to {name}", { name: found.contact?.title ?? "" });
  return (
    <form className="case-answer stack" data-how={kind} onSubmit={(event) => (event.preventDefault(), void submit("waiting"))}>
      <SegmentedControl size="xs" aria-label={_("What to write")} value={kind} onChange={(value) => setKind(value as Kind)}
        data={[{ value: "reply", label: _("Reply"), disabled: !found.contact_id }, { value: "note", label: _("Note") }]} />
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      <Textarea
        ref={box}
        aria-label={words}
        placeholder={words}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={20_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void submit("waiting");
          }
        }}
      />
      <div className="line case-send">
        <Button type="submit" loading={busy} disabled={body.trim() === ""}>{kind === "note" ? _("Keep the note") : _("Send and wait")}</Button>
        {kind === "reply" && <Button variant="default" disabled={busy || body.trim() === ""} onClick={() => void submit("open")}>{_("Send, keep open")}</Button>}
        <span className="quiet small wide-only">{kind === "note" ? _("Never leaves the house.") : _("Goes by mail and stands on their page.")} <kbd>Ctrl</kbd> <kbd>Enter</kbd></span>
      </div>
    </form>
  ); // prettier-ignore
};

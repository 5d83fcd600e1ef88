import { useRef, useState } from "react";
import { useLingui } from "@lingui/react";
import { keepDraft, readDraft } from "../../../kit/form/draft.ts";
import { RichField } from "../../../kit/rich/RichField.tsx";
import { textOfValue } from "../../../kit/text.ts";
import { done } from "../../../kit/undo.ts";
import { notes, useAgain } from "./told.ts";
import type { WriteProps } from "./WriteBox.tsx";
import { WriteForm } from "./WriteForm.tsx";

/** Writes a note on a customer; what is typed survives a reload. */
export const WriteNote = ({ contactId, accountId, onDone }: WriteProps) => {
  const { _ } = useLingui();
  const again = useAgain();
  const place = `note.${contactId ?? accountId ?? ""}`;
  const [initial] = useState(() => textOfValue(readDraft(place)?.["html"]));
  const html = useRef(initial);
  const [ready, setReady] = useState(initial !== "");
  const change = (now: string): void => {
    html.current = now;
    setReady(now !== "");
    keepDraft(place, now ? { html: now } : undefined);
  };
  const submit = async (): Promise<void> => {
    const { id } = await notes().write({ contact_id: contactId, account_id: accountId, html: html.current });
    keepDraft(place, undefined);
    await again();
    done(_("Note written"), () => notes().remove({ id }).then(again));
  };
  return (
    <WriteForm verb={_("Keep the note")} ready={ready} onSubmit={submit} onDone={onDone}>
      <RichField label={_("Note")} placeholder={_("What should colleagues know? @ names one")} initial={initial} onChange={change} autoFocus />
    </WriteForm>
  ); // prettier-ignore
};

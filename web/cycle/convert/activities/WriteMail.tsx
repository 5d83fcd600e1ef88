import { useState } from "react";
import { Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { tell } from "../../../kit/notes.ts";
import { mails, useAgain } from "./told.ts";
import type { WriteProps } from "./WriteBox.tsx";
import { WriteForm } from "./WriteForm.tsx";

/** Writes a mail to a contact; it leaves at once, so it cannot be taken back. */
export const WriteMail = ({ contactId, email, onDone }: WriteProps & { email: string }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [subject, setSubject] = useState("");
  const [text, setText] = useState("");
  // One id for this letter: a double press sends it once.
  const [key] = useState(() => crypto.randomUUID());
  const submit = async (): Promise<void> => {
    await mails().write({ contact_id: contactId ?? "", subject, text, key });
    await again();
    tell(_("Mail to {email} is on its way", { email }));
  };
  return (
    <WriteForm verb={_("Send to {email}", { email })} ready={subject.trim() !== "" && text.trim() !== ""} onSubmit={submit} onDone={onDone}>
      <TextInput autoFocus label={_("Subject")} maxLength={200} value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
      <Textarea label={_("Mail")} autosize minRows={5} maxRows={20} maxLength={20_000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
    </WriteForm>
  ); // prettier-ignore
};

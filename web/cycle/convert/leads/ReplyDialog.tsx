import { useState } from "react";
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { offers } from "../../../kit/client.ts";
import { done } from "../../../kit/undo.ts";
import { mails } from "../activities/told.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { leads, useAgain, type Lead } from "./told.ts";

const elsewhere = ["call", "meeting", "message"] as const;
type Elsewhere = (typeof elsewhere)[number];

/** Answers a lead: by a mail from here, or by saying how it was answered; the clock of the first answer stops. */
export const ReplyDialog = ({ lead, onClose }: { lead: Lead; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const around = useQuery({ queryKey: ["leads", "around", lead.id], queryFn: () => leads().around({ id: lead.id }) });
  const email = around.data?.contact.email ?? null;
  const mayMail = email !== null && offers("mails.write");
  const [how, setHow] = useState<"mail" | Elsewhere>();
  const chosen = how ?? (mayMail ? "mail" : "call");
  const [subject, setSubject] = useState(lead.interest ?? "");
  const [text, setText] = useState("");
  const [key] = useState(() => crypto.randomUUID());
  const submit = async (): Promise<void> => {
    if (chosen === "mail") await mails().write({ contact_id: lead.contact_id, subject, text, key });
    if (!lead.responded_at) await leads().contact({ id: lead.id, how: chosen });
    await again();
    const words = chosen === "mail" ? _("Mail to {name} is on its way", { name: lead.name }) : _("{name} was answered", { name: lead.name }); // prettier-ignore
    done(words, () => leads().takeBack({ id: lead.id }).then(again));
  };
  const ways = [
    ...(mayMail ? [{ value: "mail", label: _("By mail to {email}", { email }) }] : []),
    { value: "call", label: _("I called") },
    { value: "meeting", label: _("We met") },
    { value: "message", label: _("In another way") },
  ];
  if (!around.data) return null;
  return (
    <Dialog title={_("Answer {name}", { name: lead.name })} size={560} verb={chosen === "mail" ? _("Send") : _("Answered")} disabled={chosen === "mail" && (subject.trim() === "" || text.trim() === "")} fields={["subject", "text"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          {lead.message && <blockquote className="lead-message">{lead.message}</blockquote>}
          <NativeSelect label={_("How")} value={chosen} data={ways} onChange={(event) => setHow(event.currentTarget.value === "mail" ? "mail" : elsewhere.find((way) => way === event.currentTarget.value))} />
          {chosen === "mail" && (
            <>
              <TextInput label={_("Subject")} maxLength={200} value={subject} error={errors["subject"]} onChange={(event) => setSubject(event.currentTarget.value)} />
              <Textarea data-autofocus label={_("Mail")} autosize minRows={6} maxRows={18} maxLength={20_000} value={text} error={errors["text"]} onChange={(event) => setText(event.currentTarget.value)} />
            </>
          )}
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

import { useState } from "react";
import { SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { tell } from "../../../kit/notes.ts";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { quotes, type Quote } from "./told.ts";

/** Sends a draft by mail or makes the link to hand over; or mails the link of a sent one again. */
export const SendDialog = ({ quote, again, onClose }: { quote: Quote; again: boolean; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [by, setBy] = useState<"mail" | "link">(quote.contact_id || again ? "mail" : "link");
  const [to, setTo] = useState("");
  const [message, setMessage] = useState("");
  const submit = async (): Promise<void> => {
    const words = { ...(to.trim() ? { to: to.trim() } : {}), ...(message.trim() ? { message: message.trim() } : {}) };
    const sent = again ? await quotes.resend(quote.id, words) : await quotes.send(quote.id, { by, ...(by === "mail" ? words : {}) });
    const refresh = () => cache.invalidateQueries({ queryKey: ["quotes"] });
    await refresh();
    if (sent.held) tell(_("The mail is held back: {reason}", { reason: sent.held }), { tone: "bad" });
    else if (again) tell(_("Quote {number} sent again", { number: quote.number }));
    else done(_("Quote {number} sent", { number: quote.number }), () => quotes.withdraw(quote.id, _("Sent by mistake")).then(refresh));
  }; // prettier-ignore
  return (
    <Dialog title={again ? _("Send quote {number} again", { number: quote.number }) : _("Send quote {number}", { number: quote.number })} verb={by === "link" ? _("Make the link") : _("Send")} fields={["to"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          {!again && <SegmentedControl aria-label={_("How")} value={by} onChange={(value) => setBy(value === "link" ? "link" : "mail")} data={[{ value: "mail", label: _("By mail") }, { value: "link", label: _("As a link to hand over") }]} />}
          {by === "mail" && (
            <>
              <TextInput label={_("To")} placeholder={quote.contact?.title ? _("the address of {name}", { name: quote.contact.title }) : ""} type="email" maxLength={254} data-autofocus value={to} error={errors["to"]} onChange={(event) => setTo(event.currentTarget.value)} />
              <Textarea label={_("Words before the link")} placeholder={_("here is our quote …")} autosize minRows={3} maxRows={10} maxLength={4000} value={message} onChange={(event) => setMessage(event.currentTarget.value)} />
            </>
          )}
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

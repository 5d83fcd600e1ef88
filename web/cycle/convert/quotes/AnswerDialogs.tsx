import { useState } from "react";
import { Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { tell } from "../../../kit/notes.ts";
import { done } from "../../../kit/undo.ts";
import { ReasonPicker } from "../../../records/ReasonPicker.tsx";
import { Dialog } from "../../deliver/Dialog.tsx";
import { quotes, type Quote } from "./told.ts";

interface AnswerProps {
  quote: Quote;
  onClose: () => void;
}

const useAgain = () => {
  const cache = useQueryClient();
  return () => Promise.all(["quotes", "orders", "opportunities"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
}; // prettier-ignore

/** Takes a quote back from the customer, with a reason. */
export const WithdrawDialog = ({ quote, onClose }: AnswerProps) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [reason, setReason] = useState("");
  const submit = async (): Promise<void> => {
    await quotes.withdraw(quote.id, reason.trim());
    await again();
    done(_("Quote {number} withdrawn", { number: quote.number }), () => quotes.reopen(quote.id).then(again));
  };
  return (
    <Dialog title={_("Withdraw quote {number}", { number: quote.number })} verb={_("Withdraw")} danger disabled={reason.trim() === ""} fields={["reason"]} onSubmit={submit} onClose={onClose}>
      {(errors) => <Textarea label={_("Why")} autosize minRows={2} maxLength={1000} data-autofocus withAsterisk value={reason} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} />}
    </Dialog>
  ); // prettier-ignore
};

/** Notes an acceptance that came by phone, mail or on paper; the order follows and cannot be taken back, only cancelled. */
export const AcceptDialog = ({ quote, onClose }: AnswerProps) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [by, setBy] = useState(quote.contact?.title ?? "");
  const [note, setNote] = useState("");
  const submit = async (): Promise<void> => {
    await quotes.accept(quote.id, by.trim(), note.trim());
    await again();
    tell(_("Quote {number} accepted; its order follows", { number: quote.number }));
  };
  return (
    <Dialog title={_("Quote {number} was accepted", { number: quote.number })} verb={_("Note the acceptance")} disabled={by.trim() === "" || note.trim() === ""} fields={["by", "note"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <p className="quiet">{_("The order is placed at once. It can be cancelled, but the acceptance stays.")}</p>
          <TextInput label={_("By whom")} maxLength={200} withAsterisk value={by} error={errors["by"]} onChange={(event) => setBy(event.currentTarget.value)} />
          <Textarea label={_("How we know")} placeholder={_("on the phone, signed PDF by mail")} autosize minRows={2} maxLength={1000} data-autofocus withAsterisk value={note} error={errors["note"]} onChange={(event) => setNote(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

/** Notes that the customer declined, with the reason from the taxonomy. */
export const DeclineDialog = ({ quote, onClose }: AnswerProps) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [reason, setReason] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const submit = async (): Promise<void> => {
    await quotes.decline(quote.id, reason, words.trim());
    await again();
    tell(_("Quote {number} declined", { number: quote.number }));
  };
  return (
    <Dialog title={_("Quote {number} was declined", { number: quote.number })} verb={_("Note it")} disabled={reason === null && words.trim() === ""} fields={["reason_id", "words"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <ReasonPicker appliesTo="lost" value={reason} label={_("Why")} error={errors["reason_id"]} autoFocus onChange={setReason} />
          <Textarea label={_("In their words")} autosize minRows={2} maxLength={1000} value={words} error={errors["words"]} onChange={(event) => setWords(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

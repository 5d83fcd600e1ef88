import { useState } from "react";
import { Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { tell } from "../../../kit/notes.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { referrals } from "./told.ts";

/** Asks a customer by mail to recommend the company. */
export const AskDialog = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [message, setMessage] = useState("");
  const submit = async (): Promise<void> => {
    const sent = await referrals().ask({ id, ...(message.trim() ? { message } : {}) });
    await cache.invalidateQueries({ queryKey: ["referrals"] });
    if ("held" in sent) tell(_("The mail was held back: {reason}", { reason: sent.held }), { tone: "bad" });
    else tell(_("Asked by mail"));
  };
  return (
    <Dialog title={_("Ask for a recommendation")} verb={_("Send")} fields={["message"]} onSubmit={submit} onClose={onClose}>
      {(errors) => <Textarea label={_("Your words")} description={_("Left empty, ours. The link to their page is added.")} autosize minRows={3} maxLength={2000} value={message} error={errors["message"]} onChange={(event) => setMessage(event.currentTarget.value)} data-autofocus />}
    </Dialog>
  );
}; // prettier-ignore

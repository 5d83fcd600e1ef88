import { useState } from "react";
import { Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import type { Asked } from "./StepCard.tsx";
import { onboardings, useAgain, type StepShown, type Told } from "./told.ts";

/** Asks for what a step needs: why it is skipped or does not apply, or the customer's answer. */
export const StepDialog = ({ told, step, asked, onClose }: { told: Told; step: StepShown; asked: Asked; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [text, setText] = useState("");
  const { id } = told;
  const title = { skip: _("Skip “{what}”", { what: step.title }), not_applicable: _("“{what}” does not apply", { what: step.title }), answer: step.title }[asked];
  const submit = async (): Promise<void> => {
    await onboardings().step(asked === "answer" ? { id, key: step.key, act: "done", answer: text } : { id, key: step.key, act: asked, reason: text });
    await again();
    done(_("{what} is settled", { what: step.title }), () => onboardings().step({ id, key: step.key, act: "reopen" }).then(again));
  };
  return (
    <Dialog title={title} verb={asked === "answer" ? _("Keep the answer") : _("Settle it")} disabled={text.trim() === ""} fields={["reason", "answer"]} onSubmit={submit} onClose={onClose}>
      {(errors) => asked === "answer"
        ? <Textarea data-autofocus label={step.question} autosize minRows={3} maxLength={2000} value={text} error={errors["answer"]} onChange={(event) => setText(event.currentTarget.value)} />
        : <TextInput data-autofocus label={_("Why")} maxLength={500} value={text} error={errors["reason"]} onChange={(event) => setText(event.currentTarget.value)} />}
    </Dialog>
  );
}; // prettier-ignore

/** Ends an onboarding unfinished; taking it up again undoes it. */
export const EndDialog = ({ told, onClose }: { told: Told; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [reason, setReason] = useState("");
  const submit = async (): Promise<void> => {
    await onboardings().end({ id: told.id, reason });
    await again();
    done(_("The onboarding has ended"), () => onboardings().resume({ id: told.id }).then(again));
  };
  return (
    <Dialog title={_("End this onboarding")} verb={_("End it")} danger disabled={reason.trim() === ""} fields={["reason"]} onSubmit={submit} onClose={onClose}>
      {(errors) => <TextInput data-autofocus label={_("Why")} description={_("The customer does not see it.")} maxLength={500} value={reason} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} />}
    </Dialog>
  ); // prettier-ignore
};

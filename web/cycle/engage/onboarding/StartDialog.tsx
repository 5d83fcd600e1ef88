import { useState } from "react";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { onboardings, useAgain } from "./told.ts";

/** Begins a plan with a customer by hand; ending it takes it back. */
export const StartDialog = ({ onClose }: { onClose: () => void }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const again = useAgain();
  const [contact, setContact] = useState<{ id: string; title: string } | null>(null);
  const [plan, setPlan] = useState<{ id: string; title: string } | null>(null);
  const submit = async (): Promise<void> => {
    const { id } = await onboardings().create({ contact_id: contact?.id ?? "", plan_id: plan?.id ?? "" });
    await again();
    done(_("{name} begins", { name: contact?.title ?? "" }), () => onboardings().end({ id, reason: _("Started by mistake") }).then(again)); // prettier-ignore
    void navigate({ to: "/onboardings/$id", params: { id } });
  };
  return (
    <Dialog title={_("Start an onboarding")} verb={_("Start")} disabled={!contact || !plan} fields={["contact_id", "plan_id"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <RelationPicker to="contact" label={_("Customer")} value={contact?.id ?? null} title={contact?.title} onPick={setContact} error={errors["contact_id"]} required autoFocus />
          <RelationPicker to="plan" label={_("Plan")} value={plan?.id ?? null} title={plan?.title} onPick={setPlan} error={errors["plan_id"]} required />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

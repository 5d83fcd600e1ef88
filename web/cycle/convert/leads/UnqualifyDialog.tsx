import { useState } from "react";
import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { workspace } from "../../../kit/boot.ts";
import { instantOf } from "../../../kit/form/zoned.ts";
import { done } from "../../../kit/undo.ts";
import { ReasonPicker } from "../../../records/ReasonPicker.tsx";
import { Dialog } from "../../deliver/Dialog.tsx";
import { leads, useAgain, type Lead } from "./told.ts";

/** Sets a lead aside with its reason, and perhaps a day on which it comes back. */
export const UnqualifyDialog = ({ lead, onClose }: { lead: Lead; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [reason, setReason] = useState<string | null>(null);
  const [day, setDay] = useState("");
  const submit = async (): Promise<void> => {
    const recycle_at = day ? instantOf(`${day}T09:00`, workspace().time_zone) : null;
    await leads().unqualify({ id: lead.id, reason_id: reason ?? "", recycle_at });
    await again();
    done(_("{name} was set aside", { name: lead.name }), () => leads().takeBack({ id: lead.id }).then(again));
  };
  return (
    <Dialog title={_("Set {name} aside", { name: lead.name })} verb={_("Set aside")} disabled={!reason} fields={["reason_id", "recycle_at"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <ReasonPicker appliesTo="unqualified" value={reason} onChange={setReason} required autoFocus error={errors["reason_id"]} />
          <TextInput type="date" label={_("Look again on")} description={_("It comes back as due on that day; for good when left empty.")} value={day} error={errors["recycle_at"]} onChange={(event) => setDay(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

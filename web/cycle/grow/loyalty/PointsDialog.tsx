import { useState } from "react";
import { NumberInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { MemberTold } from "#grow/loyalty";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { loyalty } from "./told.ts";

/** Corrects a balance by hand, up or down, with a reason that stands in the journal. */
export const PointsDialog = ({ member, again, onClose }: { member: MemberTold; again: () => Promise<unknown>; onClose: () => void }) => {
  const { _ } = useLingui();
  const [points, setPoints] = useState(0);
  const [reason, setReason] = useState("");
  // Pressed twice, it is done once.
  const [key] = useState(() => crypto.randomUUID());
  const submit = async (): Promise<void> => {
    await loyalty().adjust({ id: member.contact_id, points, reason, key });
    await again();
    const sentence = points > 0 ? _("{n} points given to {name}", { n: points, name: member.name }) : _("{n} points taken from {name}", { n: -points, name: member.name });
    done(sentence, async () => {
      await loyalty().adjust({ id: member.contact_id, points: -points, reason: _("taken back: {reason}", { reason }), key: crypto.randomUUID() });
      await again();
    });
  };
  return (
    <Dialog title={_("Correct the points")} verb={points < 0 ? _("Take away") : _("Give")} disabled={points === 0 || reason.trim() === ""} fields={["points", "reason"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <NumberInput label={_("Points")} description={_("With a minus to take them away. They do not count for the tier.")} allowDecimal={false} value={points} error={errors["points"]} onChange={(n) => setPoints(Number(n) || 0)} data-autofocus />
          <TextInput label={_("Reason")} maxLength={400} value={reason} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

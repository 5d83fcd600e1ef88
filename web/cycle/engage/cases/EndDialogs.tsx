import { useState } from "react";
import { Checkbox, Select } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { done } from "../../../kit/undo.ts";
import { ReasonPicker } from "../../../records/ReasonPicker.tsx";
import { Dialog } from "../../deliver/Dialog.tsx";
import { cases, useAgain, type Case } from "./told.ts";

interface Props {
  found: Case;
  onClose: () => void;
}

/** Resolves a case with what it was about; reopening takes it back. */
export const ResolveDialog = ({ found, onClose }: Props) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [reason, setReason] = useState<string | null>(found.reason_id);
  const [survey, setSurvey] = useState(true);
  const { id, number } = found;
  const submit = async (): Promise<void> => {
    await cases().resolve({ id, survey, ...(reason ? { reason_id: reason } : {}) });
    await again();
    done(_("Case {number} resolved", { number }), () => cases().reopen({ id }).then(again));
  };
  return (
    <Dialog title={_("Resolve case {number}", { number })} verb={_("Resolve")} fields={["reason_id"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <ReasonPicker appliesTo="case" value={reason} title={found.reason?.title} onChange={setReason} label={_("What was it about?")}
            description={_("Counted with returns and lost deals of the same reason.")} error={errors["reason_id"]} autoFocus />
          {found.contact_id && <Checkbox label={_("Ask the customer how it was")} checked={survey} onChange={(event) => setSurvey(event.currentTarget.checked)} />}
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

const dismissals = { spam: "Spam", duplicate: "A duplicate", out_of_scope: "Out of scope", mistake: "Opened by mistake" } as const; // prettier-ignore
type Dismissal = keyof typeof dismissals;

/** Ends a case that was none: nothing is owed any more, and nobody is asked. */
export const DismissDialog = ({ found, onClose }: Props) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [as, setAs] = useState<Dismissal>("spam");
  const { id, number } = found;
  const submit = async (): Promise<void> => {
    await cases().dismiss({ id, as });
    await again();
    done(_("Case {number} dismissed", { number }), () => cases().reopen({ id }).then(again));
  };
  return (
    <Dialog title={_("Dismiss case {number}", { number })} verb={_("Dismiss")} fields={["as"]} onSubmit={submit} onClose={onClose}>
      {() => (
        <Select
          data-autofocus
          label={_("What it was instead")}
          data={Object.entries(dismissals).map(([value, label]) => ({ value, label: _(label) }))}
          value={as}
          onChange={(value) => value && setAs(value as Dismissal)}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
        />
      )}
    </Dialog>
  ); // prettier-ignore
};

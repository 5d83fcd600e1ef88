import { useState } from "react";
import { useLingui } from "@lingui/react";
import { objectOf } from "../../../kit/boot.ts";
import { FieldInput } from "../../../kit/form/FieldInput.tsx";
import { ReasonPicker } from "../../../records/ReasonPicker.tsx";
import { Dialog } from "../../deliver/Dialog.tsx";

export interface AskDialogProps {
  name: string;
  stage: string;
  currency: string;
  /** Names of the fields the stage needs, and "lost_reason_id". */
  fields: readonly string[];
  onSay: (said: { values?: Record<string, unknown>; lost_reason_id?: string | null }) => Promise<void>;
  onClose: () => void;
}

/** Asks at the drop for what a stage needs: its required fields, or why a deal was lost. */
export const AskDialog = ({ name, stage, currency, fields, onSay, onClose }: AskDialogProps) => {
  const { _ } = useLingui();
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [reason, setReason] = useState<string | null>(null);
  const object = objectOf("opportunities");
  const asked = object?.fields.filter((field) => fields.includes(field.name) && field.name !== "lost_reason_id") ?? [];
  const lost = fields.includes("lost_reason_id");
  return (
    <Dialog
      title={lost ? _("Why was {name} lost?", { name }) : _("{stage} needs more", { stage })}
      verb={_("Move to {stage}", { stage })}
      fields={fields}
      onSubmit={() => onSay({ ...(asked.length > 0 ? { values } : {}), ...(lost ? { lost_reason_id: reason } : {}) })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          {lost && <ReasonPicker appliesTo="lost" required autoFocus value={reason} onChange={setReason} error={errors["lost_reason_id"]} />}
          {asked.map((field, i) => (
            <FieldInput
              key={field.name}
              field={{ ...field, required: true }}
              autoFocus={!lost && i === 0}
              value={values[field.name] ?? null}
              currency={field.type === "money" ? currency : undefined}
              error={errors[field.name] ?? errors[`values.${field.name}`]}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

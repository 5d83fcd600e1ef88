import { useState } from "react";
import { Checkbox, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";

export interface NameDialogProps {
  title: string;
  name: string;
  /** Whether it is asked who may see it. */
  sharing: boolean;
  onSay: (name: string, visibility: "private" | "shared") => Promise<void>;
  onClose: () => void;
}

/** Asks what a view is called and who may see it. */
export const NameDialog = ({ title, name: before, sharing, onSay, onClose }: NameDialogProps) => {
  const { _ } = useLingui();
  const [name, setName] = useState(before);
  const [shared, setShared] = useState(false);
  return (
    <Dialog
      title={title}
      verb={_("Save")}
      size={380}
      disabled={name.trim() === ""}
      fields={["name"]}
      onSubmit={() => onSay(name.trim(), shared ? "shared" : "private")}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Name")} value={name} maxLength={100} error={errors["name"]} onChange={(event) => setName(event.currentTarget.value)} />
          {sharing && <Checkbox label={_("Share it with everybody")} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />}
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

import { useState } from "react";
import { Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { objectOf } from "../../../kit/boot.ts";
import { OwnFields, ownNames } from "../../../kit/form/OwnFields.tsx";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { done } from "../../../kit/undo.ts";
import { asSent, recordsOf } from "../../../records/record.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { leads, useAgain } from "./told.ts";

/** Opens a lead by hand: on somebody we know, or on somebody new. */
export const NewLead = ({ contactId, onClose }: { contactId?: string; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const navigate = useNavigate();
  const [contact, setContact] = useState<string | null>(contactId ?? null);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [source, setSource] = useState("");
  const [interest, setInterest] = useState("");
  const [message, setMessage] = useState("");
  const [own, setOwn] = useState<Record<string, unknown>>({});
  const object = objectOf("leads");
  const submit = async (): Promise<void> => {
    const person = { ...(name.trim() ? { name: name.trim() } : {}), ...(email.trim() ? { email: email.trim() } : {}) };
    const made = (await leads().create({
      ...(contact ? { contact_id: contact } : { person }),
      source,
      interest: interest || null,
      message: message || null,
      ...asSent(own),
    })) as { id: string; name?: unknown };
    await again();
    done(_("Lead opened"), () => recordsOf("leads").trash(made.id).then(again));
    void navigate({ to: "/leads/$id", params: { id: made.id } });
  };
  const known = contact !== null || name.trim() !== "" || email.trim() !== "";
  return (
    <Dialog title={_("New lead")} verb={_("Open")} size={520} disabled={!known || source.trim() === ""} fields={["contact_id", "source", "interest", "message", "email", "name", "person", ...ownNames(object)]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          {!contactId && <RelationPicker to="contact" label={_("Somebody we know")} autoFocus value={contact} onPick={(picked) => setContact(picked?.id ?? null)} error={errors["contact_id"]} />}
          {!contact && (
            <div className="lead-row">
              <TextInput label={_("Or somebody new: name")} maxLength={200} value={name} error={errors["name"]} onChange={(event) => setName(event.currentTarget.value)} />
              <TextInput label={_("E-mail")} type="email" maxLength={254} value={email} error={errors["email"] ?? errors["person.email"]} onChange={(event) => setEmail(event.currentTarget.value)} />
            </div>
          )}
          <TextInput label={_("Where they asked")} placeholder={_("A fair, a call, a friend")} withAsterisk maxLength={200} value={source} error={errors["source"]} onChange={(event) => setSource(event.currentTarget.value)} />
          <TextInput label={_("Interest")} maxLength={200} value={interest} error={errors["interest"]} onChange={(event) => setInterest(event.currentTarget.value)} />
          <Textarea label={_("Message")} autosize minRows={2} maxRows={10} maxLength={5000} value={message} error={errors["message"]} onChange={(event) => setMessage(event.currentTarget.value)} />
          <OwnFields object={object} values={own} errors={errors} onChange={(field, value) => setOwn((before) => ({ ...before, [field]: value }))} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

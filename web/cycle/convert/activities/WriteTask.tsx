import { useState } from "react";
import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { boot, objectOf, workspace } from "../../../kit/boot.ts";
import { OwnFields } from "../../../kit/form/OwnFields.tsx";
import { instantOf } from "../../../kit/form/zoned.ts";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { done } from "../../../kit/undo.ts";
import { asSent, recordsOf } from "../../../records/record.ts";
import { useAgain } from "./told.ts";
import type { WriteProps } from "./WriteBox.tsx";
import { WriteForm } from "./WriteForm.tsx";

/** Opens a task about a customer; yours unless somebody else is chosen. */
export const WriteTask = ({ contactId, accountId, onDone }: WriteProps) => {
  const { _ } = useLingui();
  const again = useAgain();
  const me = boot().me;
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState("todo");
  const [due, setDue] = useState("");
  const [reminder, setReminder] = useState("");
  const [owner, setOwner] = useState<string | null>(me?.id ?? null);
  const [own, setOwn] = useState<Record<string, unknown>>({});
  const kinds = objectOf("tasks")?.fields.find((field) => field.name === "kind")?.choices ?? [];
  const submit = async (): Promise<void> => {
    const task = await recordsOf("tasks").create({
      ...asSent(own),
      title,
      kind,
      owner_id: owner,
      due_at: due ? instantOf(due, workspace().time_zone) : null,
      remind_at: reminder ? instantOf(reminder, workspace().time_zone) : null,
      ...(contactId ? { contact_id: contactId } : { account_id: accountId }),
    });
    await again();
    done(_("Task “{title}” opened", { title: title.trim() }), () => recordsOf("tasks").trash(task.id).then(again));
  };
  return (
    <WriteForm verb={_("Open the task")} ready={title.trim() !== ""} onSubmit={submit} onDone={onDone}>
      <TextInput autoFocus label={_("What should be done")} maxLength={200} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <div className="write-row">
        <NativeSelect label={_("Kind")} value={kind} data={kinds.map(({ value, label }) => ({ value, label: _(label) }))} onChange={(event) => setKind(event.currentTarget.value)} />
        <TextInput label={_("Due")} type="datetime-local" value={due} onChange={(event) => setDue(event.currentTarget.value)} />
        <TextInput label={_("Remind")} type="datetime-local" value={reminder} onChange={(event) => setReminder(event.currentTarget.value)} />
        <RelationPicker to="user" label={_("Owner")} value={owner} title={me?.name} onPick={(picked) => setOwner(picked?.id ?? null)} />
      </div>
      <OwnFields object={objectOf("tasks")} values={own} errors={{}} onChange={(name, value) => setOwn((before) => ({ ...before, [name]: value }))} />
    </WriteForm>
  ); // prettier-ignore
};

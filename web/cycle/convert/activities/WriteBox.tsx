import { Tabs } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { useKeys } from "../../../kit/keys.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { WriteCall } from "./WriteCall.tsx";
import { WriteMail } from "./WriteMail.tsx";
import { WriteNote } from "./WriteNote.tsx";
import { WriteTask } from "./WriteTask.tsx";
import "./activities.css";

export interface WriteProps extends PanelProps {
  onDone: () => void;
}

/** What can be written about a customer in place. */
export type Writing = "note" | "mail" | "call" | "task";

/** Whether this person may write that about this customer. */
export const mayWrite = (what: Writing, { contactId, email }: PanelProps & { email?: string | undefined }): boolean =>
  what === "task" ? may("tasks.create") : may("notes.create") && (what !== "mail" || (contactId !== undefined && Boolean(email) && offers("mails.write"))); // prettier-ignore

interface BoxProps extends PanelProps {
  email?: string | undefined;
  /** What is being written. */
  part: Writing | null;
  onPart: (part: Writing | null) => void;
}

/** Above a customer's timeline: write a note, a mail, a call or a task, in place. */
export const WriteBox = ({ email, part, onPart, ...whose }: BoxProps) => {
  const { _ } = useLingui();
  const all: { value: Writing; label: string; key: string; says: string }[] = [
    { value: "note", label: _("Write a note…"), key: "n", says: _("Write a note") },
    { value: "mail", label: _("Mail"), key: "shift+m", says: _("Write a mail") },
    { value: "call", label: _("Call"), key: "shift+c", says: _("Log a call") },
    { value: "task", label: _("Task"), key: "t", says: _("Open a task") },
  ];
  const parts = all.filter(({ value }) => mayWrite(value, { ...whose, email }));
  useKeys(
    parts.map(({ value, key, says }) => ({
      keys: key,
      label: says,
      group: _("This customer"),
      run: () => onPart(value),
    })),
  );
  if (parts.length === 0) return null;
  const close = (): void => onPart(null);
  return (
    <Tabs
      className="write-box"
      variant="none"
      value={part}
      onChange={(chosen) => onPart(parts.find((one) => one.value === chosen)?.value ?? null)}
      keepMounted={false}
      allowTabDeactivation
    >
      <Tabs.List aria-label={_("Write")}>
        {parts.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="note">
        <WriteNote {...whose} onDone={close} />
      </Tabs.Panel>
      <Tabs.Panel value="mail">
        <WriteMail {...whose} email={email ?? ""} onDone={close} />
      </Tabs.Panel>
      <Tabs.Panel value="call">
        <WriteCall {...whose} onDone={close} />
      </Tabs.Panel>
      <Tabs.Panel value="task">
        <WriteTask {...whose} onDone={close} />
      </Tabs.Panel>
    </Tabs>
  );
};

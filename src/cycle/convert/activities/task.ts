import { accountOf } from "./whose.ts";
import { textIn } from "./words.ts";
import { describeObject, registerRecordType, type Choice } from "#records";

/*
 * Words we use
 *   task     something one of us should do, with its reason; a rule, a play or a person opens it
 *   key      what asked for it: the same asking twice opens one task
 *   about    the record it is about: a lead, an improvement
 *   outcome  what came of it, in words
 */
export const taskKinds = [
  { value: "todo", label: "To do", tone: "gray" },
  { value: "call", label: "Call", tone: "blue" },
  { value: "mail", label: "Mail", tone: "violet" },
  { value: "meeting", label: "Meeting", tone: "teal" },
  { value: "review", label: "Review", tone: "pink" },
] as const satisfies readonly Choice[];
export type TaskKind = (typeof taskKinds)[number]["value"];

export const task = describeObject({
  name: "task",
  plural: "tasks",
  label: "Task",
  label_plural: "Tasks",
  table: "tasks",
  title: "title",
  fields: [
    { name: "title", label: "Task", type: "text", required: true, shown: true },
    { name: "kind", label: "Kind", type: "choice", choices: taskKinds, shown: true, help: "To do unless said." },
    { name: "due_at", label: "Due", type: "datetime", sortable: true, shown: true },
    {
      name: "remind_at",
      label: "Remind",
      type: "datetime",
      help: "When the owner is reminded; when it is due, unless said.",
    },
    {
      name: "owner_id",
      label: "Owner",
      type: "user",
      shown: true,
      help: "Who should do it; anybody when left empty.",
    },
    { name: "contact_id", label: "Contact", type: "relation", to: "contact", shown: true },
    { name: "account_id", label: "Account", type: "relation", to: "account" },
    { name: "reason", label: "Reason", type: "long_text", max: 1000, shown: true, help: "Why it should be done." },
    {
      name: "status",
      label: "Status",
      type: "choice",
      computed: true,
      required: true,
      shown: true,
      choices: [
        { value: "open", label: "Open", tone: "amber" },
        { value: "done", label: "Done", tone: "green" },
      ],
    },
    { name: "done_at", label: "Done", type: "datetime", computed: true, sortable: true },
    { name: "outcome", label: "Outcome", type: "text", computed: true, max: 1000 },
    { name: "about_object", label: "About", type: "text", computed: true },
    { name: "about_id", label: "About which", type: "text", computed: true },
  ],
  related: [],
  search: ["title"],
  default_sort: "due_at",
  creatable: true,
  custom: true,
});

/** A task with its rules: kind is "to do" unless said, and the contact's account is its account. */
export const taskType = registerRecordType({
  object: task,
  async prepare(tx, given, before) {
    const values = { ...given };
    if (!before && !values.kind) values.kind = "todo";
    if (values.kind === null) values.kind = "todo";
    // A new time is told anew.
    if (before && ("due_at" in values || "remind_at" in values || "owner_id" in values)) values.told_at = null;
    if (typeof values.contact_id === "string" && values.account_id === undefined)
      values.account_id = await accountOf(tx, values.contact_id);
    return values;
  },
  tell(act, row) {
    if (act !== "created") return null;
    return {
      name: "task.opened",
      contact_id: textIn(row.contact_id),
      account_id: textIn(row.account_id),
      caused_by: textIn(row.caused_by),
      payload: { task_id: row.id, title: String(row.title), kind: String(row.kind), reason: textIn(row.reason) },
    };
  },
});

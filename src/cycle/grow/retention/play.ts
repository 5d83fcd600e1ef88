import { taskKinds } from "#convert/activities";
import { invalid } from "#kernel/refusal";
import { describeObject, registerRecordType } from "#records";

/*
 * Words we use
 *   play      what is done when a customer begins to leave: a task with its reason, and a part of the customers left alone
 *   run       one customer who met the play's trigger once: treated, or held out; saved when they order again in time, else lost
 *   held out  left alone on purpose, chosen by a stable hash, so that treated and untreated differ by nothing but the play
 */
export const play = describeObject({
  name: "play",
  plural: "plays",
  label: "Play",
  label_plural: "Plays",
  table: "plays",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    {
      name: "trigger",
      label: "When a customer becomes",
      type: "choice",
      required: true,
      shown: true,
      choices: [
        { value: "at_risk", label: "At risk", tone: "red" },
        { value: "lapsed", label: "Lapsed", tone: "gray" },
      ],
    },
    { name: "task", label: "What to do", type: "text", required: true, shown: true, help: "{name} stands for the customer: Call {name} before they go." },
    { name: "task_kind", label: "Kind of task", type: "choice", choices: taskKinds, help: "Call unless said." },
    { name: "help", label: "How to do it", type: "long_text", max: 2000 },
    { name: "due_days", label: "Business days to do it", type: "integer", help: "2 unless said." },
    { name: "owner_id", label: "Done by", type: "user", help: "The customer's owner, or anybody, when left empty." },
    { name: "held_out", label: "Left alone, in percent", type: "integer", shown: true, help: "20 unless said, 0 to 50. Without them nobody can tell what the play is worth." },
    { name: "window_days", label: "Days to come back", type: "integer", help: "An order within these days counts as saved; 60 unless said." },
    { name: "active", label: "Active", type: "boolean", shown: true },
    { name: "run_count", label: "Runs", type: "integer", computed: true, required: true, shown: true },
  ],
  related: [],
  search: ["name"],
  default_sort: "name",
  creatable: true,
  custom: false,
}); // prettier-ignore

const bounds = { due_days: [0, 60], held_out: [0, 50], window_days: [7, 365] } as const;
const usual = { task_kind: "call", due_days: 2, held_out: 20, window_days: 60, active: true } as const;

/** A play with its rules: sensible defaults, and figures within their bounds. */
export const playType = registerRecordType({
  object: play,
  prepare(_tx, given, before) {
    const values = { ...given };
    for (const [field, value] of Object.entries(usual))
      if (values[field] === null || (!before && values[field] === undefined)) values[field] = value;
    for (const [field, [least, most]] of Object.entries(bounds)) {
      const value = values[field];
      if (typeof value === "number" && (value < least || value > most))
        throw invalid(field, `This is a whole number from ${least} to ${most}.`);
    }
    return Promise.resolve(values);
  },
  tell: () => null,
});

export interface Play {
  id: string;
  version: number;
  name: string;
  trigger: "at_risk" | "lapsed";
  task: string;
  task_kind: "todo" | "call" | "mail" | "meeting" | "review";
  due_days: number;
  owner_id: string | null;
  held_out: number;
  window_days: number;
}

import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { describeObject, registerRecordType, type Row, type Values } from "#records";
import { languageOf } from "./words.ts";

/*
 * Words we use
 *   survey       one question with a scale, asked again and again on the same occasion
 *   nps          how likely somebody recommends us, 0 to 10; about the relationship
 *   csat         how satisfied somebody is, 1 to 5; about what just happened
 *   invitation   one occasion on which we could ask somebody, and what was decided: sent, or held back and why
 *   wave         one sending by hand, or the calendar month of an occasion; of one customer and wave only the latest answer counts
 *   its clock    days until the same customer is asked the same again; each survey has its own
 */
export const survey = describeObject({
  name: "survey",
  plural: "surveys",
  label: "Survey",
  label_plural: "Surveys",
  table: "surveys",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    { name: "kind", label: "Kind", type: "choice", required: true, shown: true, help: "NPS: how likely they recommend you, 0 to 10. CSAT: how satisfied they are, 1 to 5.", choices: [{ value: "nps", label: "NPS", tone: "pink" }, { value: "csat", label: "CSAT", tone: "teal" }] },
    { name: "trigger", label: "Asked after", type: "choice", required: true, shown: true, choices: [{ value: "order.delivered", label: "A delivery" }, { value: "case.resolved", label: "A case" }, { value: "onboarding.completed", label: "Onboarding" }, { value: "by_hand", label: "By hand" }] },
    { name: "question", label: "Question", type: "text", max: 300, help: "The usual words for its kind, in the workspace's language, unless said." },
    { name: "follow_up", label: "Follow-up", type: "text", max: 300, help: "Asked below the score, for an answer in their own words." },
    { name: "delay_hours", label: "Hours to wait", type: "integer", help: "After the occasion: 72 for a delivery, 2 for a case unless said." },
    { name: "sample", label: "Asked, in percent", type: "integer", help: "Of the occasions; 100 unless said." },
    { name: "rest_days", label: "Days of rest", type: "integer", help: "Until the same customer is asked this again: 90 for NPS, 14 for CSAT unless said." },
    { name: "reminder_days", label: "Days to the reminder", type: "integer", help: "One, to those who did not answer; 0 sends none. 5 unless said." },
    { name: "active", label: "Active", type: "boolean", shown: true },
    { name: "sent_count", label: "Sent", type: "integer", computed: true, required: true, shown: true },
    { name: "answer_count", label: "Answers", type: "integer", computed: true, required: true, shown: true },
    { name: "last_answered_at", label: "Last answer", type: "datetime", computed: true, sortable: true, shown: true },
    { name: "question_version", label: "Version of the question", type: "integer", computed: true },
  ],
  related: [],
  search: ["name"],
  default_sort: "name",
  creatable: true,
  custom: false,
}); // prettier-ignore

export type Kind = "nps" | "csat";
export type Trigger = "order.delivered" | "case.resolved" | "onboarding.completed" | "by_hand";

export interface SurveyRow {
  id: string;
  version: number;
  name: string;
  kind: Kind;
  question: string;
  follow_up: string;
  question_version: number;
  trigger: Trigger;
  delay_hours: number;
  sample: number;
  rest_days: number;
  reminder_days: number;
  active: boolean;
  deleted_at: Date | null;
}

/** The ends of a scale. */
export const scaleOf = (kind: Kind): readonly [least: number, most: number] => (kind === "nps" ? [0, 10] : [1, 5]);

/** Detractors of a recommendation (6 and less), the two lowest of satisfaction. */
export const isLow = (kind: Kind, score: number): boolean => score <= (kind === "nps" ? 6 : 2);

const bounds = { delay_hours: [0, 2160], sample: [1, 100], rest_days: [0, 730], reminder_days: [0, 30] } as const;

const usualOf = (kind: Kind, trigger: Trigger, locale: string): Values => ({
  ...languageOf(locale)[kind],
  delay_hours: { "order.delivered": 72, "case.resolved": 2, "onboarding.completed": 24, by_hand: 0 }[trigger],
  sample: 100,
  rest_days: kind === "nps" ? 90 : 14,
  reminder_days: 5,
  active: true,
});

async function prepare(tx: Tx, given: Values, before: Row | null): Promise<Values> {
  const values: Values = { ...given };
  const kind = (values.kind ?? before?.kind) as Kind;
  if (before && kind !== before.kind) await refuseKind(tx, before.id);
  const usual = usualOf(kind, (values.trigger ?? before?.trigger) as Trigger, tx.workspace.locale);
  for (const [field, value] of Object.entries(usual))
    if (values[field] === null || (!before && values[field] === undefined)) values[field] = value;
  for (const [field, [least, most]] of Object.entries(bounds)) {
    const value = values[field];
    if (typeof value === "number" && (value < least || value > most))
      throw invalid(field, `This is a whole number from ${least} to ${most}.`);
  }
  const worded = ["kind", "question", "follow_up"].some((f) => values[f] !== undefined && values[f] !== before?.[f]);
  if (before && worded) values.question_version = Number(before.question_version) + 1;
  return values;
}

// Scores of two scales are never one figure.
async function refuseKind(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql`select 1 from survey_invitations where survey_id = ${id} and state in ('queued', 'sent') limit 1`.execute(tx.db); // prettier-ignore
  if (rows.length > 0)
    throw new Refused("conflict", "survey.kind", "It was asked already; its scale stays. Make another survey.");
}

const saved = async (tx: Tx, _act: string, row: Row): Promise<void> =>
  void (await sql`
    insert into survey_wordings (survey_id, version, question, follow_up, at)
    values (${row.id}, ${row.question_version}, ${row.question}, ${row.follow_up}, ${tx.clock()}) on conflict do nothing`.execute(
    tx.db,
  ));

/** A survey with its rules: usual words and times for its kind, figures within bounds, a version for each wording. */
export const surveyType = registerRecordType({ object: survey, prepare, saved, tell: () => null });

import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { tellSent } from "./ask.ts";
import { hold } from "./decide.ts";
import { inviteAfter, occasions } from "./invite.ts";

const mails = ["mail.sent", "mail.held", "mail.rejected"];

/** Notes the occasions on which we ask, and follows what became of our mails. */
export const surveysConsumer: Consumer = {
  name: "surveys",
  facts: [...occasions, ...mails],
  batch: 500,
  apply: async (tx, facts) => {
    await inviteAfter(tx, facts.filter((f) => (occasions as readonly string[]).includes(f.name))); // prettier-ignore
    for (const fact of facts) if (mails.includes(fact.name)) await follow(tx, fact);
  },
};

async function follow(tx: Tx, { id: fact, name, payload, occurred_at }: ConsumedFact): Promise<void> {
  const { source, source_id } = payload;
  const [code, reason] = [textOf(payload.code) ?? "mail", textOf(payload.reason) ?? "the mail did not leave"];
  if (typeof source_id !== "string") return;
  if (source === "survey-reminder" && name !== "mail.sent")
    await sql`update survey_invitations set reminded_at = null, reminder_held = ${reason} where id = ${source_id}`.execute(tx.db); // prettier-ignore
  if (source !== "survey") return;
  if (name === "mail.sent") return void (await tellSent(tx, source_id, occurred_at, fact));
  await hold(tx, source_id, code, reason, fact);
  // Held when it was queued: the ledger says by which rule.
  await sql`update survey_invitations set code = ${code} where id = ${source_id} and state = 'held' and code = 'mail'`.execute(tx.db); // prettier-ignore
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

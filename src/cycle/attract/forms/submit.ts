import { createHash } from "node:crypto";
import { sql } from "kysely";
import { newId } from "#kernel/id";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { networkOf, rateLimit } from "#platform/auth";
import type { Ask } from "#platform/pages";
import { accept } from "./accept.ts";
import { answersOf, type Answered } from "./answers.ts";
import type { FormRow } from "./form.ts";
import { judgeStamp } from "./stamp.ts";
import { touchOfForm } from "./touch.ts";

export type Outcome =
  | { sent: true }
  /** Shown again with what was typed; `expired` when the page was open for too long. */
  | { sent: false; expired: boolean; answered: Answered };

// Of one form from everywhere; whoever needs more has a campaign of a size that deserves a look.
const perForm = { burst: 300, per_seconds: 600 };
// Links in the answers above which no customer writes.
const mostLinks = 4;

/**
 * Takes a form that was sent. Machines are answered like people and kept aside as spam; the same page sent twice is one submission.
 * Nothing of the answer depends on whether the sender is known.
 */
export async function submit(ctx: Ctx, form: FormRow, ask: Ask): Promise<Outcome> {
  refuseForeignSite(ctx, form, ask.origin);
  await rateLimit(ctx.control, `form:${ctx.workspace.id}:${form.id}`, perForm, ctx.clock());
  const stamp = (ask.form["stamp"]?.at(-1) ?? "").slice(0, 300);
  const age = judgeStamp(ctx, form.id, stamp);
  if (age === "forged")
    throw new Refused("invalid", "form.forged", "This form was not opened here. Please open it again and send it once more."); // prettier-ignore
  const answered = answersOf(form.design, ask);
  const why = spamIn(ask, answered, age);
  if (!why && (age === "expired" || answered.problems.length > 0))
    return { sent: false, expired: age === "expired", answered };
  await inTransaction(ctx, (tx) => keep(tx, form, ask, { answered, why, stamp }));
  return { sent: true };
}

function refuseForeignSite(ctx: Ctx, form: FormRow, origin: string): void {
  // "null" is what browsers say for a page that keeps its address to itself, as our own pages do.
  if (form.origins.length === 0 || origin === "" || origin === "null") return;
  if (origin === new URL(ctx.outside.url).origin || form.origins.includes(origin)) return;
  throw new Refused("forbidden", "form.foreign-site", "This form cannot be sent from this site.");
}

function spamIn(ask: Ask, { answers }: Answered, age: string): string | null {
  if ((ask.form["homepage"]?.at(-1) ?? "").trim() !== "") return "filled in the field that people do not see";
  if (age === "too-quick") return "was sent within two seconds";
  const links = answers.reduce((n, a) => n + (a.value.match(/https?:\/\/|www\./gi)?.length ?? 0), 0);
  return links > mostLinks ? `has ${links} links` : null;
}

interface Kept {
  answered: Answered;
  why: string | null;
  stamp: string;
}

/** One submission for one page and what was typed on it; without a stamp, for one network within ten minutes. */
function uniqueKey(tx: Tx, ask: Ask, { answered, stamp }: Kept): string {
  const page = stamp === "" ? [networkOf(ask.ip), Math.floor(tx.clock().getTime() / 600_000)] : [stamp];
  return createHash("sha256")
    .update(JSON.stringify([page, answered.answers, answered.consents]))
    .digest("base64url");
}

async function keep(tx: Tx, form: FormRow, ask: Ask, kept: Kept): Promise<void> {
  const { answered, why } = kept;
  const touch = touchOfForm(ask);
  const row = {
    id: newId(),
    unique_key: uniqueKey(tx, ask, kept),
    answers: JSON.stringify(answered.answers.map((a) => ({ ...a, value: a.value.slice(0, 5000) }))),
    consents: JSON.stringify(answered.consents),
    ...touch,
    utm_campaign: touch.utm_campaign ?? form.campaign,
  };
  const { rows } = await sql`
    insert into form_submissions (id, form_id, unique_key, submitted_at, answers, consents, verdict, why, utm_source, utm_medium, utm_campaign, utm_term, utm_content, referrer, landing, ip, user_agent)
    values (${row.id}, ${form.id}, ${row.unique_key}, ${tx.clock()}, ${row.answers}::jsonb, ${row.consents}::jsonb, ${why ? "spam" : "accepted"}, ${why}, ${row.utm_source}, ${row.utm_medium},
            ${row.utm_campaign}, ${row.utm_term}, ${row.utm_content}, ${row.referrer}, ${row.landing}, ${ask.ip}, ${ask.userAgent.slice(0, 400)})
        on conflict (form_id, unique_key) do nothing returning id`.execute(tx.db);
  if (rows.length > 0 && !why) await accept(tx, row.id);
}

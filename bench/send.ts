import { newId } from "#kernel/id";
import { planSends, sendDue } from "#attract/channels";
import { logConsents } from "#customers";
import { inTransaction, type Ctx } from "#platform/context";
import type { House } from "./house.ts";
import { costOf, figureOf, type Cost, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

// Mails of one statement on the bare side, as many as a claim takes.
const atOnce = 100;

/**
 * A campaign's mails through the ledger (planned, claimed, checked, charged, written down before and after) to a server that takes
 * everything at once; against bare statements that insert the same rows, update them as often and insert their facts.
 */
export async function sendFigures(house: House, scale: Scale): Promise<Figure[]> {
  const mails = Math.max(20, Math.trunc(scale.importedRows / 20));
  await house.rows("update mail_settings set budget_mails = 1000, quiet_hours = 0");
  const { rows: people } = await house.rows<{ id: string }>(
    `select id from contacts where deleted_at is null and email is not null order by id limit ${mails}`,
  );
  await inTransaction(house.ctx, (tx) => logConsents(tx, "given", people.map(({ id }) => ({ contact_id: id, purpose: "newsletter" as const, source: "bench" })))); // prettier-ignore
  const taking: Ctx["outside"]["mail"] = {
    ...house.ctx.outside.mail,
    submit: () => Promise.resolve({ outcome: "accepted", by: "smtp" }),
  };
  const ctx: Ctx = { ...house.ctx, outside: { ...house.ctx.outside, mail: taking } };
  // The first round warms plans and the compiler on both sides.
  await costOf(house.database, () => ours(house, ctx));
  await costOf(house.database, () => bare(house, people));
  const a = await costOf(house.database, () => ours(house, ctx));
  const b = await costOf(house.database, () => bare(house, people));
  const each = (cost: Cost): Cost => ({
    wall: cost.wall / people.length,
    cpu: cost.cpu === null ? null : cost.cpu / people.length,
  });
  const name = {
    figure: "a mail through the ledger",
    against: "the same rows and facts by bare statements, 100 at once",
    reach: 12,
  };
  return [figureOf(name, each(a), each(b), { mails_per_second: Math.round((people.length * 1000) / a.wall) })];
}

async function ours(house: House, ctx: Ctx): Promise<void> {
  const source_id = newId();
  await inTransaction(ctx, (tx) =>
    planSends(
      tx,
      { kind: "marketing", source: "bench", source_id, subject: "Bench", why: "bench", due_at: tx.clock() },
      (params) => {
        params.push("newsletter");
        return `select contact_id from consents where purpose = $${params.length} and status = 'given'`;
      },
    ),
  );
  await house.rows("update sends set html = '<p>Hello</p>', body = 'Hello' where source_id = $1", [source_id]);
  while ((await sendDue(ctx)) > 0);
}

async function bare(house: House, people: readonly { id: string }[]): Promise<void> {
  for (let i = 0; i < people.length; i += atOnce) {
    const rows = people.slice(i, i + atOnce).map((p) => ({ id: newId(), contact: p.id }));
    const ids = rows.map((r) => r.id);
    await house.rows(
      `insert into sends (id, kind, source, source_id, contact_id, purpose, subject, html, body, unique_key, due_at, created_at, updated_at)
       select id, 'marketing', 'bench', $3, contact, 'newsletter', 'Bench', '<p>Hello</p>', 'Hello', id::text, now(), now(), now() from unnest($1::uuid[], $2::uuid[]) as r(id, contact)`,
      [ids, rows.map((r) => r.contact), newId()],
    );
    for (const state of ["claimed", "submitting", "sent"])
      await house.rows("update sends set state = $2, updated_at = now() where id = any($1)", [ids, state]);
    await house.rows(
      `insert into facts (id, name, occurred_at, contact_id, actor_kind, actor_name, payload, epoch)
       select gen_random_uuid(), 'mail.sent', now(), contact_id, 'system', 'bench', jsonb_build_object('send_id', id, 'kind', 'marketing', 'source', source, 'source_id', source_id, 'subject', subject),
              (select epoch from timeline_state) from sends where id = any($1)`,
      [ids],
    );
  }
}

import { sql } from "kysely";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { withdraw } from "#timeline";
import { mailSource } from "../source.ts";
import { classifyHits, type Hit, type HitVerdict } from "./classify.ts";

// Judged together with what follows within seconds: a sweep shows only when it is over.
const settleMs = 5_000;
const mailsAtOnce = 200;

interface Mailed {
  id: string;
  source: string;
  source_id: string;
  contact_id: string | null;
  account_id: string | null;
  sent_at: Date | null;
  fact_id: string | null;
}
interface Kept extends Hit {
  send_id: string;
  url: string | null;
  fact_id: string | null;
  class: string | null;
}

/** When hits wait to be judged. */
export async function nextJudgingAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select min(at) as at from mail_hits where class is null`.execute(
    ctx.db,
  );
  return rows[0]!.at && new Date(rows[0]!.at.getTime() + settleMs);
}

/** Judges mails with new hits, or all of `again`; tells people's clicks and takes back those that turn out a machine's. One judge at a time. */
export const judgeHits = (ctx: Ctx, again?: readonly string[]): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/mail-hits'))`.execute(tx.db);
    const ids = again ?? (await waiting(tx));
    const { rows: mails } = await sql<Mailed>`
      select id, source, source_id, contact_id, account_id, sent_at, fact_id from sends where id = any(${ids})`.execute(
      tx.db,
    );
    const { rows: hits } = await sql<Kept>`
      select h.id, h.send_id, h.kind, h.link_id, h.trap, h.at, h.method, h.user_agent, h.network, h.fact_id, h.class, l.url
        from mail_hits h left join mail_links l on l.id = h.link_id where h.send_id = any(${ids}) order by h.at, h.id`.execute(
      tx.db,
    );
    const bySend = Map.groupBy(hits, (h) => h.send_id);
    for (const mail of mails) {
      const of = bySend.get(mail.id) ?? [];
      const verdicts = classifyHits(of, mail.sent_at ?? new Date(0));
      await save(tx, of, verdicts);
      await tellClicks(tx, mail, of, verdicts);
    }
    return mails.length;
  });

async function waiting(tx: Tx): Promise<string[]> {
  const until = new Date(tx.clock().getTime() - settleMs);
  const { rows } = await sql<{ send_id: string }>`
    select send_id from mail_hits where class is null and at <= ${until} group by send_id order by min(at) limit ${mailsAtOnce}`.execute(
    tx.db,
  );
  return rows.map((r) => r.send_id);
}

const save = async (tx: Tx, hits: readonly Hit[], verdicts: Map<string, HitVerdict>): Promise<void> =>
  void (await sql`
    update mail_hits h set class = r.class, reasons = array(select json_array_elements_text(r.reasons))
      from json_to_recordset(${JSON.stringify(hits.map((h) => ({ id: h.id, ...verdicts.get(h.id)! })))}::json) as r(id uuid, class text, reasons json)
     where h.id = r.id and (h.class is distinct from r.class or h.reasons is distinct from array(select json_array_elements_text(r.reasons)))`.execute(
    tx.db,
  ));

async function tellClicks(tx: Tx, mail: Mailed, hits: readonly Kept[], verdicts: Map<string, HitVerdict>): Promise<void> {
  const source = mailSource(mail.source);
  if (!source?.clicked || !mail.contact_id) return;
  const clicks = hits.filter((h) => h.kind === "click" && h.link_id !== null);
  for (const [, of] of Map.groupBy(clicks, (c) => c.link_id)) {
    const told = of.find((c) => c.fact_id !== null);
    const first = of.find((c) => verdicts.get(c.id)!.class === "human");
    if (told && !first) await takeBack(tx, mail, told, verdicts.get(told.id)!.reasons);
    if (!told && first) {
      const fact = await source.clicked(tx, { hit_id: first.id, send_id: mail.id, source_id: mail.source_id, contact_id: mail.contact_id, account_id: mail.account_id, url: first.url ?? "", at: first.at, caused_by: mail.fact_id });
      await sql`update mail_hits set fact_id = ${fact} where id = ${first.id}`.execute(tx.db);
    }
  }
} // prettier-ignore

async function takeBack(tx: Tx, mail: Mailed, hit: Kept, reasons: string[]): Promise<void> {
  const by = await mailSource(mail.source)?.unclicked?.(tx, {
    send_id: mail.id,
    source_id: mail.source_id,
    contact_id: mail.contact_id!,
    account_id: mail.account_id,
    reasons,
  });
  if (by) await withdraw(tx, [hit.fact_id!], by);
  await sql`update mail_hits set fact_id = null where id = ${hit.id}`.execute(tx.db);
}

import { sql } from "kysely";
import { notFound, Refused } from "#kernel/refusal";
import type { Ctx, Tx } from "#platform/context";
import { mailSettings, registerMailSource, senderOf, type Links, type SendRow, type Written } from "#attract/channels";
import { record } from "#timeline";
import { fill, prepareLiquid, type Prepared, type Reader } from "./letter/liquid.ts";

export interface Mailing {
  id: string;
  name: string;
  subject: string;
  html: string;
  text_body: string;
  from_name: string | null;
  from_address: string | null;
  reply_to: string | null;
  tracked: boolean;
}

// Read once for all its readers; a started campaign never changes, a draft's text is part of the key.
const prepared = new Map<string, Prepared>();
function preparedOf(m: Mailing): Prepared {
  const key = `${m.id} ${m.subject}\n${m.html}`;
  const known = prepared.get(key);
  if (known) return known;
  const made = prepareLiquid({ subject: m.subject, html: m.html, text: m.text_body });
  if (prepared.size >= 50) prepared.clear();
  prepared.set(key, made);
  return made;
}

/** What a mail may say of these contacts, by contact. */
export async function readersOf(ctx: Ctx, contacts: readonly string[]): Promise<Map<string, Reader>> {
  const { rows } = await sql<Reader & { id: string }>`
    select c.id, c.name, c.given_name, c.family_name, c.email, c.job_title, c.city, c.country, c.custom, a.name as account
      from contacts c left join accounts a on a.id = c.account_id where c.id = any(${contacts})`.execute(ctx.db);
  return new Map(rows.map((r) => [r.id, r]));
}

/** The mail for one reader. */
export async function writeFor(ctx: Ctx, m: Mailing, contact: Reader, links: Links): Promise<Written> {
  const settings = await mailSettings(ctx);
  const sender = senderOf(ctx, settings);
  return {
    ...fill(preparedOf(m), {
      contact,
      company: { name: ctx.workspace.name, postal: settings.postal },
      campaign: { name: m.name },
      unsubscribe_url: links.unsubscribe,
      preferences_url: links.preferences,
    }),
    from: { name: m.from_name ?? sender.name, address: m.from_address ?? sender.address },
    reply_to: m.reply_to ?? undefined,
    tracked: m.tracked,
  };
}

const columns = sql`id, name, subject, html, text_body, from_name, from_address, reply_to, tracked`;

/** The mails of these campaigns as they were compiled. */
export async function mailingsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Mailing>> {
  const { rows } =
    await sql<Mailing>`select ${columns} from campaigns where id = any(${ids}) and html is not null`.execute(ctx.db);
  return new Map(rows.map((r) => [r.id, r]));
}

async function write(
  ctx: Ctx,
  sends: readonly (SendRow & { links: Links })[],
): Promise<Map<string, Written | { unwritable: string }>> {
  const mailings = await mailingsOf(ctx, [...new Set(sends.map((s) => s.source_id))]);
  const readers = await readersOf(ctx, sends.flatMap((s) => s.contact_id ?? [])); // prettier-ignore
  const all = new Map<string, Written | { unwritable: string }>();
  for (const s of sends) {
    const [mailing, reader] = [mailings.get(s.source_id), readers.get(s.contact_id ?? "")];
    try {
      all.set(
        s.id,
        mailing && reader
          ? await writeFor(ctx, mailing, reader, s.links)
          : { unwritable: "the campaign or the contact is gone" },
      );
    } catch (error) {
      all.set(s.id, { unwritable: (error as Error).message.slice(0, 300) });
    }
  }
  return all;
}

const nameOf = async (tx: Tx, id: string): Promise<string> =>
  (await sql<{ name: string }>`select name from campaigns where id = ${id}`.execute(tx.db)).rows[0]?.name ??
  "a campaign";

registerMailSource({
  name: "campaign",
  write,
  again: async (tx, id) => {
    const { rows } = await sql<{ state: string; gone: boolean }>`select state, deleted_at is not null as gone from campaigns where id = ${id} for share`.execute(tx.db); // prettier-ignore
    if (!rows[0]) throw notFound("campaign");
    if (rows[0].gone || rows[0].state === "cancelled") throw new Refused("conflict", "campaign.over", "A campaign that was called off or lies in the trash sends nothing more."); // prettier-ignore
  },
  clicked: async (tx, c) =>
    record(tx, {
      name: "campaign.clicked",
      contact_id: c.contact_id,
      account_id: c.account_id,
      campaign_id: c.source_id,
      occurred_at: c.at,
      caused_by: c.caused_by,
      payload: { campaign: await nameOf(tx, c.source_id), campaign_id: c.source_id, send_id: c.send_id, url: c.url },
    }),
  unclicked: async (tx, c) =>
    record(tx, {
      name: "campaign.click-withdrawn",
      contact_id: c.contact_id,
      account_id: c.account_id,
      campaign_id: c.source_id,
      payload: { campaign: await nameOf(tx, c.source_id), send_id: c.send_id, reasons: c.reasons },
    }),
});

import { sql } from "kysely";
import { newId } from "#kernel/id";
import { segmentType } from "#attract/audience";
import { campaignType, startingTemplates } from "#attract/campaigns";
import { notePastMails, type PastMail } from "#attract/channels";
import type { Tx } from "#platform/context";
import { createRecord } from "#records";
import { sentCampaigns, type ToldCampaign } from "./company/campaigns.ts";
import { chanceOf } from "./company/chance.ts";
import { sample } from "./sample.ts";

const dayMs = 86_400_000;
const shop = "https://northwind.example";
// Days until the one that waits for its hour: far enough that a look around meets it.
const scheduledIn = 21;

const bodyOf = (c: Pick<ToldCampaign, "path">, template: string): string =>
  startingTemplates
    .find((t) => t.key === template)!
    .body.replaceAll(/https:\/\/www\.example\.com\/\w*/g, `${shop}${c.path}`);

/** Writes the campaigns of two years with who got them, what was held back and who read them; one draft and one that is scheduled. */
export async function writeCampaigns(
  tx: Tx,
  today: Date,
  money: (hundredths: number) => { amount: number },
): Promise<void> {
  const { rows: taken } =
    await sql`select 1 from segments where lower(name) = 'newsletter readers' and deleted_at is null`.execute(tx.db);
  const readers = {
    name: "Newsletter readers",
    kind: "dynamic",
    description: "Everybody who agreed to news.",
    condition: { consent: "newsletter", is: true },
    external_ids: { [sample]: "news" },
  };
  const segment = taken.length > 0 ? null : await createRecord(tx, segmentType, readers);
  const make = (c: Pick<ToldCampaign, "key" | "name" | "subject" | "path"> & { cost?: number | null }, template: string) =>
    createRecord(tx, campaignType, {
      name: c.name, subject: c.subject, preheader: "News from the jar people", segment_id: segment?.id ?? null, body: bodyOf(c, template), tracked: true,
      ...(c.cost ? { cost: money(c.cost).amount } : {}), external_ids: { [sample]: c.key },
    }); // prettier-ignore
  for (const c of sentCampaigns) await tellSent(tx, c, (await make(c, c.cost ? "offer" : "letter")).id, today);
  await make({ key: "soups", name: "Winter soups", subject: "Soup for a week, in six jars", path: "/soups" }, "news");
  const next = await make(
    { key: "thanks", name: "Thank-you letter", subject: "A year of jars: thank you", path: "/thanks" },
    "letter",
  );
  if (segment)
    await sql`update campaigns set state = 'scheduled', send_at = ${new Date(today.getTime() + scheduledIn * dayMs)} where id = ${next.id}`.execute(
      tx.db,
    );
}

interface Reader {
  id: string;
  account_id: string | null;
  key: string;
  name: string;
  click_id: string | null;
  clicked_at: Date | null;
}

/** Who was a reader on that day got it, but for the few it was held back from; who clicked in it then surely got it. */
async function tellSent(tx: Tx, c: ToldCampaign, campaign: string, today: Date): Promise<void> {
  const at = new Date(today.getTime() - c.ago * dayMs);
  const { rows } = await sql<Reader>`
    select p.id, p.account_id, e.external_id as key, coalesce(p.given_name, 'Hello') as name, k.id as click_id, k.occurred_at as clicked_at
      from external_ids e join contacts p on p.id = e.record_id
      left join lateral (select f.id, f.occurred_at from facts f where f.contact_id = p.id and f.name = 'campaign.clicked' and f.payload ->> 'campaign' = ${c.name}
                          order by f.occurred_at limit 1) k on true
     where e.object = 'contact' and e.system = ${sample} and p.email is not null
       and (k.id is not null or (
            exists (select from facts f where f.contact_id = p.id and f.name = 'newsletter.subscribed' and f.occurred_at < ${at})
            and not exists (select from facts f where f.contact_id = p.id and f.name = 'newsletter.unsubscribed' and f.occurred_at < ${at})))
     order by e.external_id`.execute(tx.db);
  const mails = rows.map((r) => mailTo(r, c, campaign, at));
  await notePastMails(tx, mails);
  const counted = mails.length;
  await sql`
    update campaigns set state = 'sent', started_at = ${at}, finished_at = ${new Date(at.getTime() + 600_000)}, planned_count = ${counted}, member_count = ${counted}, without_consent = 0,
           created_at = ${new Date(at.getTime() - 3 * dayMs)}, updated_at = ${at} where id = ${campaign}`.execute(
    tx.db,
  );
}

function mailTo(r: Reader, c: ToldCampaign, campaign: string, at: Date): PastMail {
  const chance = chanceOf(`${c.key} ${r.key}`);
  const fate = chance.between(0, 1);
  const minutes = (n: number): Date => new Date(at.getTime() + n * 60_000);
  const sent_at = minutes(chance.between(0, 9));
  const stopped =
    r.click_id !== null ? null
    : fate < 0.03 ? { state: "held" as const, code: "budget", reason: "has had enough mails from us in the last 30 days" }
    : fate < 0.045 ? { state: "rejected" as const, code: "soft", reason: "the mail server did not take it after several tries" }
    : null; // prettier-ignore
  const opened = r.clicked_at ?? (chance.yes(0.26) ? minutes(chance.between(12, 2000)) : null);
  return {
    id: newId(), source: "campaign", source_id: campaign, contact_id: r.id, account_id: r.account_id, campaign: c.name, why: "in the segment “Newsletter readers”", sent_at,
    subject: c.subject.replace(/\{\{.*?\}\}/, r.name), stopped,
    opened: stopped ? null : opened,
    gateway: stopped === null && chance.yes(0.12) ? sent_at : null,
    clicked: r.clicked_at && r.click_id ? { at: r.clicked_at, fact_id: r.click_id, url: `${shop}${c.path}` } : null,
  }; // prettier-ignore
}

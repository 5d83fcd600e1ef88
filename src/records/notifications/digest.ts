import { sql } from "kysely";
import { newId } from "#kernel/id";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { letter } from "#platform/mail";
import { asColleague, type Colleague } from "../beside.ts";
import { sentenceOf, type Notification } from "./kind.ts";
import { seenOf } from "./queries.ts";

/*
 * Words we use
 *   digest   one mail to one of us with what they have not read yet; every notification stands in at most one
 *   taken    somebody is sending it now; what a dying process took may have left, so it is not sent again, and says so
 */
const linesAtMost = 50;
const takenForMs = 10 * 60_000;

interface Person extends Colleague {
  email: string;
}

/** When the next digest is to be written or sent; null when none is. */
export async function digestsAt(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least((select min(mail_at) from notifications where mail_at is not null),
                 (select min(try_at) from digests where sent_at is null and taken_at is null and attempts < 5)) as at`.execute(
    ctx.db,
  );
  return rows[0]!.at;
}

/** Writes the digests that are due and sends what is written; answers how many left. */
export async function sendDigests(ctx: Ctx): Promise<number> {
  for (const person of await dueFor(ctx)) await inTransaction(ctx, (tx) => writeDigest(tx, person));
  await giveUpLost(ctx);
  let sent = 0;
  while (await sendOne(ctx)) sent++;
  return sent;
}

/** For whom a digest is due; what waits for somebody who has left waits no more. */
async function dueFor(ctx: Ctx): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select u.id, u.name, u.email, m.role, m.role_id from rondo.members m join rondo.users u on u.id = m.user_id
     where m.workspace_id = ${ctx.workspace.id} and m.user_id in (select user_id from notifications where mail_at <= ${ctx.clock()})`.execute(
    ctx.db,
  );
  await sql`
    update notifications set mail_at = null where mail_at <= ${ctx.clock()} and user_id <> all(${rows.map((r) => r.id)}::uuid[])`.execute(
    ctx.db,
  );
  return rows;
}

/** Writes one digest with what is due and unread, in the caller's transaction. */
async function writeDigest(tx: Tx, person: Person): Promise<void> {
  const id = newId();
  const { rows } = await sql<Notification>`
    update notifications set mail_at = null, digest_id = case when read_at is null then ${id}::uuid end
     where id in (select id from notifications where user_id = ${person.id} and mail_at <= ${tx.clock()} for update skip locked)
    returning id, kind, object, record_id, title, text, path, by_name, at, read_at`.execute(tx.db);
  const as = await asColleague(tx, person);
  const unread = await seenOf(as, rows.filter((n) => !n.read_at).toSorted((a, b) => b.at.getTime() - a.at.getTime())); // prettier-ignore
  if (unread.length === 0) return;
  const lines = unread.slice(0, linesAtMost).map(sentenceOf);
  const more = unread.length - lines.length;
  const subject = lines.length === 1 ? lines[0]! : `${unread.length} things to look at in ${tx.workspace.name}`;
  await sql`
    insert into digests (id, user_id, subject, paragraphs, created_at, try_at)
    values (${id}, ${person.id}, ${subject.slice(0, 200)}, ${JSON.stringify([...lines, ...(more > 0 ? [`And ${more} more.`] : [])])}, ${tx.clock()}, ${tx.clock()})`.execute(
    tx.db,
  );
}

async function giveUpLost(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.clock().getTime() - takenForMs);
  await sql`
    update digests set failure = 'Sending was cut off; the mail may have arrived. It is not sent a second time.'
     where sent_at is null and failure is null and taken_at < ${before}`.execute(ctx.db);
}

interface Taken {
  id: string;
  email: string;
  subject: string;
  paragraphs: string[];
  attempts: number;
}

/** Takes one digest and sends it; false when none waits. */
async function sendOne(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<Taken>`
    update digests d set taken_at = ${ctx.clock()}, attempts = attempts + 1, failure = null from rondo.users u
     where u.id = d.user_id and d.id = (
       select id from digests where sent_at is null and taken_at is null and attempts < 5 and try_at <= ${ctx.clock()} order by try_at, id for update skip locked limit 1)
    returning d.id, u.email, d.subject, d.paragraphs, d.attempts`.execute(ctx.db);
  const taken = rows[0];
  if (!taken) return false;
  const message = letter({
    to: taken.email,
    subject: taken.subject,
    paragraphs: taken.paragraphs,
    button: { label: "Open your notifications", url: `${ctx.outside.url}/notifications` },
    foot: `${ctx.workspace.name} on Rondo. You choose what comes by mail under Settings, Notifications.`,
  });
  const domain = /@([^>\s]+)/.exec(ctx.outside.mail.from)?.[1] ?? "localhost";
  const said = await ctx.outside.mail.submit({ ...message, message_id: `<digest.${taken.id}@${domain}>` });
  if (said.outcome === "accepted")
    await sql`update digests set sent_at = ${ctx.clock()} where id = ${taken.id}`.execute(ctx.db); // prettier-ignore
  else if (said.outcome === "unknown")
    await sql`update digests set failure = ${said.reason} where id = ${taken.id}`.execute(ctx.db); // prettier-ignore
  else {
    // Not now: again in 5, 10, 20 and 40 minutes. Never: the address takes no mail, and the settings say so.
    const again = new Date(ctx.clock().getTime() + 5 * 60_000 * 2 ** (taken.attempts - 1));
    await sql`
      update digests set failure = ${said.reason}, try_at = ${again}, taken_at = ${said.how === "soft" ? null : ctx.clock()} where id = ${taken.id}`.execute(
      ctx.db,
    );
  }
  return true;
}

import type { Ctx } from "#platform/context";
import type { Message, Submission } from "#platform/mail";
import { beginSubmitting, claimDue, isWrittenLate, renew } from "./claim.ts";
import { noteOutcomes, type Outcome } from "./outcome.ts";
import { messageFor, linksOf } from "./letterhead.ts";
import { mailSettings } from "./settings.ts";
import { mailSource, type Written } from "./source.ts";
import { together } from "./together.ts";

// Mails of one claim, and how many are in hand at once: twice the mailer's connections, so that none waits for the database.
const atOnce = 100;
const lanes = 10;

type Send = Awaited<ReturnType<typeof claimDue>>["sends"][number];

/**
 * Sends what is due, at most `limit` mails; answers how many were taken up. Each is written down as being handed over before the first
 * line of it leaves, and its outcome after: whatever kills us between leaves exactly those in doubt.
 */
export async function sendDue(ctx: Ctx, limit = atOnce): Promise<number> {
  const { lease, sends, held } = await claimDue(ctx, limit);
  if (sends.length === 0) return held;
  const heart = setInterval(() => void renew(ctx, lease).catch(() => {}), 15_000);
  try {
    await handOver(ctx, lease, sends);
  } finally {
    clearInterval(heart);
  }
  return sends.length + held;
}

async function handOver(ctx: Ctx, lease: string, sends: readonly Send[]): Promise<void> {
  const settings = await mailSettings(ctx);
  const written = await writeAll(ctx, sends);
  // Calls that come while one statement runs share the next: a commit for each mail would cost more than the mail.
  const begin = together<{ id: string; message_id: string }, boolean>(async (asked) => {
    const mine = await beginSubmitting(ctx, lease, asked.map((a) => a.id), asked.map((a) => a.message_id)); // prettier-ignore
    return asked.map((a) => mine.has(a.id));
  });
  const note = together<Outcome, void>(async (outcomes) => {
    await noteOutcomes(ctx, lease, outcomes);
    return outcomes.map(() => undefined);
  });
  const queue = [...sends];
  const lane = async (): Promise<void> => {
    for (let send = queue.shift(); send; send = queue.shift()) {
      const draft = written.get(send.id) ?? { unwritable: "there is nothing to send" };
      const message = "unwritable" in draft ? null : await messageFor(ctx, settings, send, draft);
      if (!message) {
        await note({
          send,
          subject: send.subject ?? "",
          result: { outcome: "unwritable", reason: "unwritable" in draft ? draft.unwritable : "" },
        });
        continue;
      }
      if (!(await begin({ id: send.id, message_id: message.message_id! }))) continue;
      await note({ send, subject: message.subject, result: await submit(ctx, message) });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function submit(ctx: Ctx, message: Message): Promise<Submission | { outcome: "unwritable"; reason: string }> {
  try {
    return await ctx.outside.mail.submit(message);
  } catch (error) {
    if (error instanceof TypeError) return { outcome: "unwritable", reason: error.message };
    throw error;
  }
}

/** What each mail says: as it was queued, or as its source writes it now. */
async function writeAll(ctx: Ctx, sends: readonly Send[]): Promise<Map<string, Written | { unwritable: string }>> {
  const all = new Map<string, Written | { unwritable: string }>();
  for (const s of sends)
    if (!isWrittenLate(s))
      all.set(s.id, {
        subject: s.subject ?? "",
        html: s.html ?? "",
        text: s.body ?? "",
        reply_to: s.reply_to ?? undefined,
        tracked: false,
      });
  for (const [name, of] of Map.groupBy(sends.filter(isWrittenLate), (s) => s.source))
    for (const [id, w] of await mailSource(name)!.write(ctx, of.map((s) => ({ ...s, links: linksOf(ctx, s) })))) all.set(id, w); // prettier-ignore
  return all;
}

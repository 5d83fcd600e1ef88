import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { isAddress } from "#platform/mail";

export interface MailSettings {
  from_name: string | null;
  from_address: string | null;
  reply_to: string | null;
  /** The company's postal address, in the foot of marketing mails. */
  postal: string | null;
  budget_mails: number;
  quiet_hours: number;
  tracking: boolean;
  version: number;
}

/** How the company sends and how much. */
export async function mailSettings(ctx: Ctx | Tx): Promise<MailSettings> {
  const { rows } = await sql<MailSettings>`
    select from_name, from_address, reply_to, postal, budget_mails, quiet_hours, tracking, version from mail_settings`.execute(
    ctx.db,
  );
  return rows[0]!;
}

/** The sender's name and address: the company's own, or the server's. */
export function senderOf(ctx: Ctx, settings: MailSettings): { name: string; address: string } {
  const [, name = "", address = ctx.outside.mail.from] =
    /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(ctx.outside.mail.from) ?? [];
  if (settings.from_address) return { name: settings.from_name ?? ctx.workspace.name, address: settings.from_address };
  return { name: settings.from_name ?? (name === "Rondo" ? ctx.workspace.name : name), address };
}

// Their owners ask receivers to refuse mails that come from elsewhere in their name.
const foreign =
  /@(gmail|googlemail|yahoo|outlook|hotmail|live|msn|aol|icloud|gmx|web|t-online|proton|protonmail)\.[a-z.]+$/i;

/** Refuses an address that no mail of a company may come from. */
export function refuseSender(field: string, address: string): void {
  if (!isAddress(address)) throw invalid(field, "This is not an e-mail address.");
  if (foreign.test(address))
    throw invalid(
      field,
      "Mail servers refuse mails in the name of a free mailbox; use an address of your own domain.",
      "sender.foreign",
    );
}

export type SettingsChange = { [F in keyof MailSettings]?: MailSettings[F] | undefined };

/** Changes what is given. `version` refuses a change of what somebody else changed meanwhile. */
export const changeSettings = (ctx: Ctx, change: SettingsChange, version: number): Promise<MailSettings> =>
  inTransaction(ctx, async (tx) => {
    if (change.from_address) refuseSender("from_address", change.from_address);
    if (change.reply_to && !isAddress(change.reply_to)) throw invalid("reply_to", "This is not an e-mail address.");
    const { rows } = await sql<{ version: number }>`select version from mail_settings for update`.execute(tx.db);
    if (rows[0]!.version !== version)
      throw new Refused("stale", "settings.stale", "Somebody else changed these settings meanwhile.");
    const after = {
      ...(await mailSettings(tx)),
      ...Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined)),
    } as MailSettings;
    await sql`
      update mail_settings set from_name = ${after.from_name}, from_address = ${after.from_address}, reply_to = ${after.reply_to}, postal = ${after.postal},
             budget_mails = ${after.budget_mails}, quiet_hours = ${after.quiet_hours}, tracking = ${after.tracking}, version = version + 1`.execute(
      tx.db,
    );
    return mailSettings(tx);
  });

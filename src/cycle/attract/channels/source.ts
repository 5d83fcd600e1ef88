import type { Ctx, Tx } from "#platform/context";
import type { SendRow } from "./send.ts";

/** A mail as its source wrote it for one person. */
export interface Written {
  subject: string;
  html: string;
  text: string;
  from?: { name: string; address: string } | undefined;
  reply_to?: string | undefined;
  /** Whether links and a picture tell that it was read; the workspace may say no for all. */
  tracked: boolean;
}

export interface Click {
  hit_id: string;
  send_id: string;
  source_id: string;
  contact_id: string;
  account_id: string | null;
  url: string;
  at: Date;
  /** The fact that told the mail was sent. */
  caused_by: string | null;
}

/** What a module adds whose mails are planned first and written when they are claimed. */
export interface MailSource {
  readonly name: string;
  /** Writes each of these; one that cannot be written is answered with the reason. */
  readonly write: (
    ctx: Ctx,
    sends: readonly (SendRow & { links: Links })[],
  ) => Promise<Map<string, Written | { unwritable: string }>>;
  /** Refuses to have mails in doubt sent once more when the source is over. */
  readonly again?: (tx: Tx, source_id: string) => Promise<void>;
  /** Tells of a person's click as a fact; answers the fact's id. */
  readonly clicked?: (tx: Tx, click: Click) => Promise<string>;
  /** Tells that a click told before was a machine's; answers the fact's id. */
  readonly unclicked?: (
    tx: Tx,
    click: Pick<Click, "send_id" | "source_id" | "contact_id" | "account_id"> & { reasons: string[] },
  ) => Promise<string>;
}

/** The addresses that belong to one mail. */
export interface Links {
  unsubscribe: string;
  preferences: string;
}

const sources = new Map<string, MailSource>();

/** Makes a source known to the sender; each module registers its own, once. */
export const registerMailSource = (source: MailSource): void => void sources.set(source.name, source);

/** The source of that name, if it takes part. */
export const mailSource = (name: string): MailSource | undefined => sources.get(name);

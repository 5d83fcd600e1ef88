import { createTransport } from "nodemailer";
import type { Config } from "#platform/config";
import { composed, type Message } from "./message.ts";
import { outboxIn } from "./outbox.ts";
import { smtpTo } from "./smtp.ts";
import type { Submission } from "./submission.ts";

export type { Message } from "./message.ts";

/** Where a mail went: to a mail server, or into a file of the outbox when none is configured. */
export interface Delivery {
  by: "smtp" | "outbox";
  path?: string;
}

export interface Mail {
  /** Whether mails leave this machine. */
  readonly leaves: boolean;
  /** The configured sender, "Name <address>". */
  readonly from: string;
  /** Hands one mail to the server and says what became of it; throws only a TypeError, for a mail that cannot be written. */
  submit(message: Message): Promise<Submission>;
  /** Sends one mail to one address; throws when the server refuses it or does not answer within 30 s. */
  sendMail(message: Message): Promise<Delivery>;
  close(): void;
}

type MailConfig = Pick<Config, "smtpUrl" | "mailFrom" | "dataDir">;

/** Mail through SMTP_URL; without one, `.eml` files in `<dataDir>/outbox`, each path told to the log. */
export function createMail(config: MailConfig, log: { info: (o: object, text: string) => void }): Mail {
  const smtp = config.smtpUrl === null ? null : smtpTo(config.smtpUrl);
  const outbox = outboxIn(config.dataDir);
  const writer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const submit = async (message: Message): Promise<Submission> => {
    const written = await writer.sendMail(composed(config.mailFrom, message));
    const mime = written.message as Buffer;
    if (smtp) return smtp.submit({ from: String(written.envelope.from), to: message.to }, mime);
    const path = await outbox(mime);
    log.info({ outbox: path }, "no SMTP_URL is set: the mail is in the outbox");
    return { outcome: "accepted", by: "outbox", path };
  };
  return {
    leaves: smtp !== null,
    from: config.mailFrom,
    submit,
    async sendMail(message) {
      const { outcome, ...answer } = await submit(message);
      if (outcome === "accepted") return answer as Delivery;
      throw new Error((answer as { reason: string }).reason);
    },
    close: () => smtp?.close(),
  };
}

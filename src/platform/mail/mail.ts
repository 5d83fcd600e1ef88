import { createTransport } from "nodemailer";
import type { Config } from "#platform/config";
import { isAddress, refuseControls, type Message } from "./message.ts";
import { outboxIn } from "./outbox.ts";

export type { Message } from "./message.ts";

/** Where a mail went: to a mail server, or into a file of the outbox when none is configured. */
export interface Delivery {
  by: "smtp" | "outbox";
  path?: string;
}

export interface Mail {
  /** Whether mails leave this machine. */
  readonly leaves: boolean;
  /** Sends one mail to one address; throws when the server refuses it or does not answer within 30 s. */
  sendMail(message: Message): Promise<Delivery>;
  close(): void;
}

type MailConfig = Pick<Config, "smtpUrl" | "mailFrom" | "dataDir">;

/** Mail through SMTP_URL; without one, `.eml` files in `<dataDir>/outbox`, each path told to the log. */
export function createMail(config: MailConfig, log: { info: (o: object, text: string) => void }): Mail {
  const outbox = config.smtpUrl === null ? outboxIn(config.dataDir) : null;
  const transport =
    config.smtpUrl === null
      ? createTransport({ streamTransport: true, buffer: true, newline: "windows" })
      : createTransport({
          url: config.smtpUrl,
          pool: true,
          maxConnections: 2,
          connectionTimeout: 10_000,
          greetingTimeout: 10_000,
          socketTimeout: 30_000,
        });
  return {
    leaves: outbox === null,
    async sendMail(message) {
      const sent = await transport.sendMail(envelope(config.mailFrom, message));
      if (!outbox) return { by: "smtp" };
      const path = await outbox(sent.message as Buffer);
      log.info({ outbox: path }, "no SMTP_URL is set: the mail is in the outbox");
      return { by: "outbox", path };
    },
    close: () => transport.close(),
  };
}

function envelope(from: string, message: Message): object {
  refuseControls(message.subject);
  if (!isAddress(message.to)) throw new TypeError("a mail needs exactly one address");
  return {
    from,
    // An address object is never parsed as a list, so one address stays one.
    to: { name: "", address: message.to },
    subject: message.subject,
    text: message.text,
    html: message.html,
    // RFC 3834: no out-of-office answers to machines.
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

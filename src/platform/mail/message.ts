export interface Message {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Who it comes from; the configured sender when absent. */
  from?: { name: string; address: string } | undefined;
  reply_to?: string | undefined;
  /** With its angle brackets; made up when absent. The same mail sent again keeps it. */
  message_id?: string | undefined;
  /** Written as they are, each on one line. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Written by a person, so an out-of-office answer is welcome. */
  personal?: boolean | undefined;
}

// RFC 5321: 254 characters; no list, no angle brackets, no comment, no space or control character.
// eslint-disable-next-line no-control-regex -- these are what must not get into a header
const address = /^[^\s,;:<>()[\]\\"@\u0000-\u001f\u007f]+@[^\s,;:<>()[\]\\"@\u0000-\u001f\u007f]+$/;

/** Whether the text is one plain address that can stand in a header. */
export const isAddress = (text: string): boolean => text.length <= 254 && address.test(text);

/** Throws a TypeError when a header value holds a line break or another control character. */
export function refuseControls(text: string): void {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) throw new TypeError("a mail header may not hold control characters");
}

// RFC 5322: a line has at most 998 octets; a name and a colon stand before the value.
const headerAtMost = 900;

/** The message as nodemailer's composer wants it; throws a TypeError for anything that cannot stand in a header. */
export function composed(from: string, message: Message): object {
  for (const text of [message.subject, message.reply_to ?? "", message.message_id ?? "", message.from?.name ?? ""])
    refuseControls(text);
  if (!isAddress(message.to)) throw new TypeError("a mail needs exactly one address");
  for (const address of [message.reply_to, message.from?.address])
    if (address !== undefined && !isAddress(address)) throw new TypeError(`"${address}" is not one address`);
  return {
    from: message.from ?? from,
    // An address object is never parsed as a list, so one address stays one.
    to: { name: "", address: message.to },
    ...(message.reply_to === undefined ? {} : { replyTo: { name: "", address: message.reply_to } }),
    ...(message.message_id === undefined ? {} : { messageId: message.message_id }),
    subject: message.subject,
    text: message.text,
    html: message.html,
    headers: {
      // RFC 3834: no out-of-office answers to machines.
      ...(message.personal ? {} : { "Auto-Submitted": "auto-generated" }),
      ...Object.fromEntries(Object.entries(message.headers ?? {}).map(([k, v]) => [k, oneLine(k, v)])),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

// A folded List-Unsubscribe is unfolded by some relays, which breaks their signature: such headers stay on one line.
function oneLine(name: string, value: string): { prepared: true; value: string } {
  refuseControls(value);
  if (!/^[\w-]{1,60}$/.test(name)) throw new TypeError(`"${name}" is not the name of a header`);
  if (!/^[\x20-\x7e]*$/.test(value) || value.length > headerAtMost)
    throw new TypeError(`the header ${name} holds what it may not`);
  return { prepared: true, value };
}

export interface Message {
  to: string;
  subject: string;
  text: string;
  html: string;
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

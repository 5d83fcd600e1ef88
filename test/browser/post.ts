import type { AddressInfo } from "node:net";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished } from "vitest";

/** A mail server of the test's own: takes everything and shows it. */
export interface Post {
  url: string;
  /** Everything that arrived, first one first. */
  letters: ParsedMail[];
  /** The newest letter to that address with those words in its subject; waits for it. */
  letterTo: (address: string, subject: string) => Promise<ParsedMail>;
}

export async function post(): Promise<Post> {
  const letters: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) =>
      void simpleParser(stream).then((letter) => (letters.push(letter), done()), done), // prettier-ignore
  });
  server.on("error", () => {});
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  const letterTo = async (address: string, subject: string): Promise<ParsedMail> => {
    const found = (): ParsedMail | undefined => letters.findLast((l) => addressOf(l) === address && l.subject?.includes(subject)); // prettier-ignore
    await expect.poll(() => found()?.subject ?? letters.map((l) => l.subject), { timeout: 30_000 }).toContain(subject);
    return found()!;
  };
  return { url: `smtp://127.0.0.1:${port}`, letters, letterTo };
}

const addressOf = ({ to }: ParsedMail): string | undefined => (Array.isArray(to) ? to[0] : to)?.value[0]?.address;

/** The first link in a letter whose path has that part. */
export function linkIn(letter: ParsedMail, part: string): URL {
  const links = [...(letter.text ?? "").matchAll(/https?:\/\/[^\s<>"]+/g)].map((m) => new URL(m[0]));
  const found = links.find((u) => u.pathname.includes(part));
  expect(found, letter.text).toBeDefined();
  return found!;
}

/** The same without its server, whose port the mail does not know. */
export const pathIn = (letter: ParsedMail, part: string): string => {
  const { pathname, search } = linkIn(letter, part);
  return `${pathname}${search}`;
};

/** Where a button in a letter leads, by its words; without the server, whose port the mail does not know. */
export function buttonIn(letter: ParsedMail, words: string): string {
  const found = new RegExp(`<a[^>]+href="([^"]+)"[^>]*>\\s*${words}`).exec(String(letter.html))?.[1];
  expect(found, String(letter.html)).toBeDefined();
  const { pathname, search } = new URL(found!.replaceAll("&amp;", "&"));
  return `${pathname}${search}`;
}

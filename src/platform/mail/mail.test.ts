import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { createMail, letter } from "./index.ts";

const quiet = { info: () => {} };
const from = "Rondo <rondo@northwind.example>";
const hello = letter({
  to: "ada@northwind.example",
  subject: "Grüße von Mira",
  paragraphs: ["<script>alert(1)</script> & more"],
  button: { label: "Open", url: 'https://crm.example/?a=1&b="2"' },
  foot: "Sent by Rondo.",
});

test("without a mail server a mail becomes a file that only its owner can read", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "rondo-mail-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const mail = createMail({ smtpUrl: null, mailFrom: from, dataDir }, quiet);
  const sent = await mail.sendMail(hello);
  expect(readdirSync(join(dataDir, "outbox"))).toHaveLength(1);
  expect(statSync(sent.path!).mode & 0o077).toBe(0);
  const parsed = await simpleParser(readFileSync(sent.path!));
  expect(parsed.subject).toBe("Grüße von Mira");
  expect(parsed.text).toContain("<script>alert(1)</script> & more");
  expect(parsed.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more");
  expect(parsed.html).toContain('href="https://crm.example/?a=1&amp;b=&quot;2&quot;"');
});

test("with a mail server it arrives there, to the one address, from ours", async () => {
  const arrived: ParsedMail[] = [];
  const envelopes: string[][] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      envelopes.push(session.envelope.rcptTo.map((to) => to.address));
      void simpleParser(stream).then((parsed) => (arrived.push(parsed), done()), done); // prettier-ignore
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  const mail = createMail({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: from, dataDir: "/nowhere" }, quiet);
  onTestFinished(() => {
    mail.close();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  expect(await mail.sendMail(hello)).toEqual({ by: "smtp" });
  expect(envelopes).toEqual([["ada@northwind.example"]]);
  expect(arrived[0]?.from?.value[0]).toMatchObject({ address: "rondo@northwind.example", name: "Rondo" });
  expect(arrived[0]?.headers.get("auto-submitted")).toBe("auto-generated");
});

test("nobody writes a header through a name, a subject or an address", async () => {
  const mail = createMail({ smtpUrl: null, mailFrom: from, dataDir: "/nowhere" }, quiet);
  await expect(mail.sendMail({ ...hello, subject: "Hi\r\nBcc: eve@evil.example" })).rejects.toThrow(TypeError);
  for (const to of [
    "a@b.example, eve@evil.example",
    "a@b.example\r\nBcc: eve@evil.example",
    "<a@b.example>",
    "eve",
    "a b@c.example",
  ])
    await expect(mail.sendMail({ ...hello, to })).rejects.toThrow(TypeError);
  expect(letter({ to: "a@b.example", subject: "Eve\r\nBcc: x invites you", paragraphs: [], foot: "" }).subject).toBe(
    "Eve Bcc: x invites you",
  );
});

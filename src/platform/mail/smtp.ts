import { Readable } from "node:stream";
import { parseConnectionUrl } from "nodemailer/lib/shared";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { submissionOf, type SmtpFailure, type Submission } from "./submission.ts";

/*
 * Our own few connections over nodemailer's dialogue: its pool sends a mail again by itself when a connection breaks, and does not say
 * whether the mail's lines had begun to go out. Both decide whether somebody gets a mail twice.
 */
export interface Smtp {
  /** Hands one mail over; never throws for what the server or the network does. */
  submit(envelope: { from: string; to: string }, mime: Buffer): Promise<Submission>;
  close(): void;
}

const connectionsAtMost = 5;
// Servers close a connection after some hundred mails; most allow a hundred.
const mailsEach = 100;
const idleMs = 5_000;

interface Line {
  connection: SMTPConnection;
  sent: number;
  open: boolean;
  idle: NodeJS.Timeout | null;
}

/** Connections to the server of that address (smtp://user:pass@host:port), opened as needed, at most five at once. */
export function smtpTo(url: string): Smtp {
  const { auth, ...options } = parseConnectionUrl(url) as { auth?: { user: string; pass: string } } & Record<string, unknown>;
  const idle: Line[] = [];
  const waiting: ((line: Line | null) => void)[] = [];
  let lines = 0;
  const gone = (line: Line): void => {
    if (!line.open) return;
    line.open = false;
    lines -= 1;
    if (line.idle) clearTimeout(line.idle);
    const at = idle.indexOf(line);
    if (at >= 0) idle.splice(at, 1);
    waiting.shift()?.(null);
  };
  const giveBack = (line: Line): void => {
    if (!line.open) return;
    if (line.sent >= mailsEach) return (line.connection.quit(), gone(line));
    const next = waiting.shift();
    if (next) return next(line);
    line.idle = setTimeout(() => (line.connection.quit(), gone(line)), idleMs);
    line.idle.unref();
    idle.push(line);
  };
  const open = async (): Promise<Line> => {
    lines += 1;
    const connection = new SMTPConnection({ ...options, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 });
    const line: Line = { connection, sent: 0, open: true, idle: null };
    connection.on("error", () => gone(line));
    connection.once("end", () => gone(line));
    try {
      await new Promise<void>((done, fail) => {
        connection.once("error", fail);
        connection.connect((error) => (error ? fail(error) : done()));
      });
      if (auth) await new Promise<void>((done, fail) => connection.login({ credentials: auth }, (error) => (error ? fail(error) : done())));
      return line;
    } catch (error) {
      connection.close();
      gone(line);
      throw error;
    }
  };
  const take = async (): Promise<Line> => {
    const ready = idle.pop();
    if (ready) {
      if (ready.idle) clearTimeout(ready.idle);
      ready.idle = null;
      return ready;
    }
    if (lines < connectionsAtMost) return open();
    const line = await new Promise<Line | null>((done) => waiting.push(done));
    return line ?? take();
  };
  return {
    async submit(envelope, mime) {
      let line: Line;
      try {
        line = await take();
      } catch (error) {
        return submissionOf(error as SmtpFailure, false);
      }
      line.sent += 1;
      const answer = await handOver(line.connection, envelope, mime);
      if (answer.outcome === "unknown") {
        line.connection.close();
        gone(line);
      } else if (answer.outcome === "rejected") await resetOrLeave(line, gone);
      giveBack(line);
      return answer;
    },
    close: () => {
      for (const line of idle.slice()) {
        line.connection.quit();
        gone(line);
      }
    },
  };
} // prettier-ignore

function handOver(
  connection: SMTPConnection,
  envelope: { from: string; to: string },
  mime: Buffer,
): Promise<Submission> {
  let begun = false;
  // Read only when the server said 354: from then on a broken line leaves the mail's fate open.
  const lines = Readable.from((function* () {
    begun = true;
    yield mime;
  })()); // prettier-ignore
  return new Promise((done) => {
    const broke = (error: Error): void => done(submissionOf(error, begun));
    connection.once("error", broke);
    connection.send(envelope, lines, (error) => {
      connection.removeListener("error", broke);
      done(error ? submissionOf(error as SmtpFailure, begun) : { outcome: "accepted", by: "smtp" });
    });
  });
}

// After a refusal the dialogue starts over; a server that does not even do that is left.
const resetOrLeave = (line: Line, gone: (line: Line) => void): Promise<void> =>
  new Promise((done) => {
    if (!line.open) return done();
    const leave = (): void => (line.connection.close(), gone(line), done());
    const patience = setTimeout(leave, 5_000);
    line.connection.reset((error) => {
      clearTimeout(patience);
      if (error) leave();
      else done();
    });
  });

import { resolve } from "node:path";

/** Everything the environment may say; no other file reads process.env. */
export interface Config {
  host: string;
  port: number;
  dataDir: string;
  databaseUrl: string | null;
  adminEmail: string | null;
  adminPassword: string | null;
  /** Signs cookies; at least 32 characters. When absent, one is made and kept in the database. */
  secret: string | null;
  /** smtp://user:pass@host:port; when absent mails are written to the data directory's outbox. */
  smtpUrl: string | null;
  mailFrom: string;
  /** How people reach this server, for links in mails. */
  publicUrl: string;
  /** Whether X-Forwarded-For may be believed: only behind a proxy of one's own. */
  trustProxy: boolean;
  logLevel: string;
  maxUploadBytes: number;
}

const number = (text: string | undefined, fallback: number, least: number, most: number, name: string): number => {
  if (text === undefined || text === "") return fallback;
  const n = Number(text);
  if (!Number.isInteger(n) || n < least || n > most)
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
  return n;
};

const databaseUrl = (text: string | undefined): string | null => {
  if (!text) return null;
  if (!/^postgres(ql)?:\/\/./.test(text))
    throw new RangeError("DATABASE_URL must look like postgres://user:password@host:5432/database");
  return text;
};

/** Reads the configuration; throws a RangeError that names the variable. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const host = env.HOST || "127.0.0.1";
  const port = number(env.PORT, 3000, 0, 65_535, "PORT");
  return {
    host,
    port,
    dataDir: resolve(env.RONDO_DATA || "data"),
    databaseUrl: databaseUrl(env.DATABASE_URL),
    adminEmail: env.RONDO_ADMIN_EMAIL || null,
    adminPassword: env.RONDO_ADMIN_PASSWORD || null,
    secret: env.RONDO_SECRET || null,
    smtpUrl: env.SMTP_URL || null,
    mailFrom: env.MAIL_FROM || "Rondo <rondo@localhost>",
    publicUrl: (env.PUBLIC_URL || `http://${host.includes(":") ? `[${host}]` : host}:${port}`).replace(/\/$/, ""),
    trustProxy: env.TRUST_PROXY === "1",
    logLevel: env.LOG_LEVEL || "info",
    // 10 GiB would fill a small server's disk: 4 GiB unless the operator says otherwise.
    maxUploadBytes: number(env.MAX_UPLOAD_MB, 4096, 1, 1_000_000, "MAX_UPLOAD_MB") * 1024 * 1024,
  };
}

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
  /** Largest file people may add to a record. */
  maxFileBytes: number;
  /** The bucket that keeps files; the data directory does when absent. */
  s3: S3 | null;
}

/** An S3-compatible bucket. */
export interface S3 {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Before every key: "rondo/". */
  prefix: string;
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

const s3Of = (env: Record<string, string | undefined>): S3 | null => {
  if (!env.S3_BUCKET) return null;
  const endpoint = (env.S3_ENDPOINT ?? "").replace(/\/$/, "");
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ""))
    throw new RangeError("S3_ENDPOINT must be the address of the store, like https://s3.eu-central-1.amazonaws.com");
  if (!env.S3_ACCESS_KEY_ID || !env.S3_SECRET_ACCESS_KEY)
    throw new RangeError("S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY");
  const prefix = env.S3_PREFIX ?? "";
  if (!/^[\w./-]{0,100}$/.test(prefix)) throw new RangeError("S3_PREFIX holds letters, digits, . / _ and - only");
  return {
    endpoint,
    bucket: env.S3_BUCKET,
    region: env.S3_REGION || "us-east-1",
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
    prefix,
  };
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
    maxFileBytes: number(env.MAX_FILE_MB, 25, 1, 4096, "MAX_FILE_MB") * 1024 * 1024,
    s3: s3Of(env),
  };
}

import pino, { type Logger } from "pino";

export type { Logger };

/** The process's log: JSON lines on standard output, secrets never included. */
export const createLog = (level: string): Logger =>
  pino({ level, base: null, redact: ["req.headers.authorization", "req.headers.cookie", "password", "token"] });

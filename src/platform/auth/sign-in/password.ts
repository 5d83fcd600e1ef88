import { hashPassword, verifyPassword } from "better-auth/crypto";
import { invalid, Refused } from "#kernel/refusal";
import { common } from "./common.ts";

/*
 * One scrypt (N 16384, r 16) costs about 120 ms of a core and 32 MB: two at a time leave the server answering,
 * and a queue of 50 is waited for about three seconds.
 */
const atOnce = 2;
const waitingAtMost = 50;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce && waiting.length >= waitingAtMost)
    throw new Refused(
      "unavailable",
      "sign-in.busy",
      "Too many people are signing in at this moment. Please try again in a few seconds.",
    );
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // The place is handed on, so `running` stays as it is.
    if (next) next();
    else running--;
  }
}

/** The stored form of a password. */
export const hash = (password: string): Promise<string> => inTurn(() => hashPassword(password));

/** Whether the password is the one that was hashed. */
export const verify = (given: { hash: string; password: string }): Promise<boolean> =>
  inTurn(() => verifyPassword(given));

/** Refuses a new password that is too short, too long, among the commonest, or the person's own address. */
export function refuseWeak(password: string, email: string, field = "password"): void {
  const plain = password.normalize("NFKC").toLowerCase();
  const { length } = password.normalize("NFKC");
  if (length < 10) throw invalid(field, "A password needs at least 10 characters.", "password.too-short");
  if (length > 200) throw invalid(field, "A password has at most 200 characters.", "password.too-long");
  if (plain === email || plain === email.split("@")[0])
    throw invalid(field, "Your own address is too easy to guess.", "password.is-email");
  if (common.has(plain) || new Set(plain).size < 3)
    throw invalid(field, "This password is one of the first that are tried.", "password.common");
}

import { isIPv6 } from "node:net";
import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Db } from "#platform/postgres";

/*
 * Words we use
 *   bucket   holds `burst` tokens and fills up again within `per_seconds`; each try takes one, an empty bucket refuses
 */
export interface Limit {
  readonly burst: number;
  readonly per_seconds: number;
}

/** Failed tries; a success gives its token back, so an office behind one address is not locked out by its own people. */
export const limits = {
  signInByIp: { burst: 40, per_seconds: 600 },
  signInByEmail: { burst: 8, per_seconds: 600 },
  forgotByIp: { burst: 20, per_seconds: 3600 },
  forgotByEmail: { burst: 4, per_seconds: 3600 },
  linkByIp: { burst: 30, per_seconds: 600 },
  firstRunByIp: { burst: 10, per_seconds: 600 },
  invite: { burst: 60, per_seconds: 3600 },
  badKeyByIp: { burst: 60, per_seconds: 60 },
} as const satisfies Record<string, Limit>;

/** Takes one token in one conditional upsert, correct for any number of processes; throws too-many with `retry_after` in seconds. */
export async function rateLimit(control: Db, bucket: string, limit: Limit, now: Date = new Date()): Promise<void> {
  const perSecond = limit.burst / limit.per_seconds;
  const { rows } = await sql`
    insert into rate_limits as r (bucket, tokens, filled_at) values (${bucket}, ${limit.burst - 1}, ${now})
    on conflict (bucket) do update
       set tokens = least(${limit.burst}, r.tokens + greatest(0, extract(epoch from excluded.filled_at - r.filled_at)) * ${perSecond}) - 1,
           filled_at = greatest(r.filled_at, excluded.filled_at)
     where least(${limit.burst}, r.tokens + greatest(0, extract(epoch from excluded.filled_at - r.filled_at)) * ${perSecond}) >= 1
    returning 1`.execute(control);
  if (rows.length) return;
  throw tooMany(await secondsUntilOne(control, bucket, perSecond, now));
}

async function secondsUntilOne(control: Db, bucket: string, perSecond: number, now: Date): Promise<number> {
  const { rows } = await sql<{
    tokens: number;
    filled_at: Date;
  }>`select tokens, filled_at from rate_limits where bucket = ${bucket}`.execute(control);
  if (!rows[0]) return 1;
  const since = Math.max(0, (now.getTime() - rows[0].filled_at.getTime()) / 1000);
  return Math.max(1, Math.ceil((1 - rows[0].tokens) / perSecond - since));
}

/** Gives a token back after a success. */
export async function giveBack(control: Db, bucket: string, limit: Limit): Promise<void> {
  await sql`update rate_limits set tokens = least(${limit.burst}, tokens + 1) where bucket = ${bucket}`.execute(
    control,
  );
}

/** The refusal; `seconds` until the next try may succeed. */
export const tooMany = (seconds: number): Refused =>
  new Refused(
    "too-many",
    "rate-limited",
    `Too many tries. Please wait ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
    {
      detail: { retry_after: seconds },
    },
  );

/** The address as limits count it: IPv4 whole, IPv6 by its /64, since one household has that many addresses. */
export function networkOf(ip: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (v4 !== undefined) return v4;
  const plain = ip.split("%")[0]!;
  if (!isIPv6(plain)) return ip;
  const [head = "", tail] = plain.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => "0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((g) => Number.parseInt(g, 16).toString(16))
    .join(":")}::/64`;
}

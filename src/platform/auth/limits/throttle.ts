import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { networkOf, tooMany } from "./rate.ts";

export interface Throttle {
  /** Requests at once, and how many a second come back. */
  readonly burst: number;
  readonly per_second: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

// About 100 bytes each: 20,000 callers are 2 MB.
const callersAtMost = 20_000;

/** A Fastify onRequest hook: the general limit of the API and the public pages by key or network, in this process's memory; static files pass. */
export function apiThrottle(
  options: Throttle = { burst: 400, per_second: 200 },
): (request: FastifyRequest) => Promise<void> {
  const buckets = new Map<string, Bucket>();
  return async (request) => {
    if (!request.url.startsWith("/api/") && !request.url.startsWith("/p/")) return;
    const caller = callerOf(request);
    const now = performance.now() / 1000;
    const known = buckets.get(caller);
    const tokens = known
      ? Math.min(options.burst, known.tokens + (now - known.at) * options.per_second)
      : options.burst;
    // Set anew, so that the map's order is from the longest silent to the latest.
    buckets.delete(caller);
    buckets.set(caller, { tokens: Math.max(0, tokens - 1), at: now });
    if (buckets.size > callersAtMost) buckets.delete(buckets.keys().next().value!);
    if (tokens < 1) throw tooMany(Math.max(1, Math.ceil((1 - tokens) / options.per_second)));
  };
}

function callerOf(request: FastifyRequest): string {
  const given = request.headers.authorization;
  if (given && /^Bearer rondo_[\w-]{43}$/.test(given)) return createHash("sha1").update(given).digest("base64");
  return networkOf(request.ip);
}

import type { FastifyInstance, FastifyReply } from "fastify";
import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import type { Job } from "#platform/jobs";
import { onRecorded, positionNow, readOn, sentenceOf, wordsFor } from "#timeline";
import type { RouteOptions } from "./module.ts";

/*
 * Live updates: one reader per workspace with open browsers reads the timeline from its end on, in commit order, and tells every
 * browser; the job ledger likewise. Nothing is kept: a browser that was away asks for its lists again.
 */
interface Listener {
  ctx: Ctx;
  reply: FastifyReply;
}

interface Channel {
  listeners: Set<Listener>;
  stop: () => void;
}

const everyMs = 400;
// Proxies close a silent connection after a minute; a comment line keeps it open.
const pulseMs = 25_000;

/** GET /api/v1/live: server-sent events `fact` and `job`. */
export function liveRoute(app: FastifyInstance, options: Pick<RouteOptions, "identify" | "may">): void {
  const channels = new Map<string, Channel>();
  app.addHook("preClose", () => {
    for (const c of channels.values()) for (const l of c.listeners) l.reply.raw.end();
  });
  app.get("/api/v1/live", async (request, reply) => {
    const ctx = await options.identify(request);
    if (!ctx) throw new Refused("unauthenticated", "signed-out", "Please sign in.");
    if (!options.may(ctx, "timeline.read"))
      throw new Refused("forbidden", "not-allowed", "Your role may not follow the timeline.");
    const headers = {
      ...reply.getHeaders(),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    };
    reply.hijack();
    // Whoever left while we asked who they are will send no "close" any more.
    if (reply.raw.destroyed || request.raw.socket.destroyed) return;
    reply.raw.writeHead(200, headers as Record<string, string>);
    reply.raw.write("retry: 2000\n\n");
    const channel = channels.get(ctx.workspace.id) ?? open(ctx, channels);
    const listener = { ctx, reply };
    channel.listeners.add(listener);
    // A session that ended or lost its role must not go on listening: it is asked again at every pulse.
    const pulse = setInterval(() => {
      void options
        .identify(request)
        .then((now) => (now && options.may(now, "timeline.read") ? tell(listener, ": pulse\n\n") : leave()))
        .catch(leave);
    }, pulseMs);
    const leave = (): void => {
      clearInterval(pulse);
      // Nothing is written to an answer that has ended: that would be an error nobody listens to.
      reply.raw.end();
      if (!channel.listeners.delete(listener) || channel.listeners.size > 0) return;
      channel.stop();
      channels.delete(ctx.workspace.id);
    };
    reply.raw.on("close", leave);
    reply.raw.on("error", leave);
  });
}

function open(ctx: Ctx, channels: Map<string, Channel>): Channel {
  let stopped = false;
  let position: Awaited<ReturnType<typeof positionNow>> | null = null;
  let jobsSince = new Date().toISOString();
  const channel: Channel = {
    listeners: new Set(),
    stop: () => {
      stopped = true;
      clearInterval(timer);
      forget();
    },
  };
  let busy = false;
  const look = async (): Promise<void> => {
    if (busy || stopped) return;
    busy = true;
    try {
      position ??= await positionNow(ctx);
      const facts = await readOn(ctx, position, 200);
      const last = facts.at(-1);
      if (last) position = { epoch: last.epoch, tx: last.tx, seq: last.seq };
      for (const f of facts)
        send(channel, "fact", (to) => ({
          id: f.id,
          name: f.name,
          contact_id: f.contact_id,
          account_id: f.account_id,
          occurred_at: f.occurred_at,
          sentence: sentenceOf(f.name, f.payload, wordsFor(to.workspace.locale)),
        }));
      const jobs = await changedJobs(ctx, jobsSince);
      jobsSince = jobs.at(-1)?.changed_at ?? jobsSince;
      for (const job of jobs) send(channel, "job", () => job);
    } catch {
      // The database is away for a moment; the next look goes on from the same position.
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look(), everyMs);
  const forget = onRecorded(() => void look());
  channels.set(ctx.workspace.id, channel);
  return channel;
}

async function changedJobs(ctx: Ctx, since: string): Promise<(Partial<Job> & { changed_at: string })[]> {
  const { rows } = await sql<Partial<Job> & { changed_at: string }>`
    select * from (
      select id, kind, title, state, done, total, failed, reason, result, created_at, started_at, finished_at,
             to_char(greatest(created_at, heartbeat_at, finished_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as changed_at
        from jobs where created_at > ${since}::timestamptz or heartbeat_at > ${since}::timestamptz or finished_at > ${since}::timestamptz) j
     order by changed_at limit 50`.execute(ctx.db);
  return rows;
}

function send(channel: Channel, event: string, data: (ctx: Ctx) => unknown): void {
  for (const listener of channel.listeners)
    tell(listener, `event: ${event}\ndata: ${JSON.stringify(data(listener.ctx))}\n\n`);
}

function tell({ reply }: Listener, text: string): void {
  // A browser that does not read is cut off rather than buffered without end (1 MiB).
  if (reply.raw.writableLength > 1_048_576) reply.raw.destroy();
  else reply.raw.write(text);
}

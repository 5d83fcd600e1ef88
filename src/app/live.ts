import type { FastifyInstance, FastifyReply } from "fastify";
import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { onAccessChanged } from "#platform/auth";
import type { Ctx } from "#platform/context";
import { jobsOf, type Job } from "#platform/jobs";
import { changedPresence, factReader, mayRead, newChanges, newNotifications, readableFacts, typeNamed, withinReach } from "#records"; // prettier-ignore
import { onRecorded, positionNow, readOn, sentenceOf, wordsFor, type ConsumedFact } from "#timeline";
import type { RouteOptions } from "./module.ts";

/*
 * Live updates: one reader per workspace with open browsers reads the timeline from its end on, in commit order, and tells every
 * browser; the job ledger likewise. Nothing is kept: a browser that was away asks for its lists again.
 */
interface Listener {
  ctx: Ctx;
  reply: FastifyReply;
  /** Settled when it is known what the listener may see now. */
  known: Promise<void>;
}

interface Channel {
  listeners: Set<Listener>;
  stop: () => void;
}

const everyMs = 400;
// Proxies close a silent connection after a minute; a comment line keeps it open.
const pulseMs = 25_000;

/**
 * GET /api/v1/live: server-sent events `fact`, `job`, `change` of records whose object one may read, `presence` to those who are at the
 * record themselves, `notification` to whom it is for alone, and `access` to whom may see or do something else from now on.
 */
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
    const channel = channels.get(ctx.workspace.id) ?? open(ctx, channels, options.may);
    const listener: Listener = { ctx, reply, known: Promise.resolve() };
    channel.listeners.add(listener);
    // A session that ended or lost its role must not go on listening: it is asked again at every pulse, and at once when somebody's
    // access changed. What is told in between waits for the answer.
    const again = (): void => {
      listener.known = options
        .identify(request)
        .then((now) => {
          if (!now || !options.may(now, "timeline.read")) return leave();
          listener.ctx = now;
        })
        .catch(leave);
    };
    const pulse = setInterval(() => {
      again();
      void listener.known.then(() => tell(listener, ": pulse\n\n"));
    }, pulseMs);
    // A browser shows what was theirs until it asks again: it is told to, when their role is not what it was, or when they see some
    // records alone, which a share may have given or taken.
    const deaf = onAccessChanged(() => {
      const before = accessIn(listener.ctx);
      again();
      void listener.known.then(() => {
        const now = accessIn(listener.ctx);
        if (now !== before || seesSome(listener.ctx)) tell(listener, written("access", {}));
      });
    });
    const leave = (): void => {
      clearInterval(pulse);
      deaf();
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

function open(ctx: Ctx, channels: Map<string, Channel>, may: RouteOptions["may"]): Channel {
  let stopped = false;
  let position: Awaited<ReturnType<typeof positionNow>> | null = null;
  let jobsSince = new Date().toISOString();
  const notifications = newNotifications(new Date());
  const changes = newChanges(new Date());
  const presence = changedPresence();
  // What is known of a listener may be old while they are asked for again.
  const tellEach = async (event: string, data: unknown, isFor: (to: Ctx) => boolean | Promise<boolean>): Promise<void> => {
    for (const listener of channel.listeners) {
      await listener.known;
      if (await isFor(listener.ctx)) tell(listener, written(event, data));
    }
  }; // prettier-ignore
  const isPerson = (to: Ctx, id: string): boolean => to.actor.kind === "user" && to.actor.id === id;
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
      const { facts, until } = await readOn(ctx, position, 200);
      if (until) position = until;
      if (until) await Promise.all([...channel.listeners].map((listener) => tellFacts(listener, facts)));
      const jobs = await changedJobs(ctx, jobsSince);
      jobsSince = jobs.at(-1)?.changed_at ?? jobsSince;
      for (const job of jobs) await tellEach("job", job, (to) => may(to, "jobs.read") && knowsJob(to, job));
      for (const { user_id, ...told } of await notifications(ctx))
        await tellEach("notification", told, (to) => isPerson(to, user_id));
      for (const change of await changes(ctx)) {
        const type = await typeNamed(ctx, change.object);
        for (const listener of type ? channel.listeners : []) {
          await listener.known;
          if (!may(listener.ctx, `${type!.object.plural}.read`)) continue;
          const seen = await withinReach(listener.ctx, type!.object, change.ids);
          if (seen.size === 0) continue;
          const fields = change.fields.filter((field) => mayRead(listener.ctx, type!.object, field));
          tell(listener, written("change", { ...change, ids: change.ids.filter((id) => seen.has(id)), fields }));
        }
      }
      for (const { object, ...at } of await presence(ctx)) {
        const type = await typeNamed(ctx, object);
        // Whoever is there and lost the record a moment ago is told no more of who else is.
        const isThere = async (to: Ctx): Promise<boolean> =>
          at.people.some((p) => isPerson(to, p.id)) && (!type || (await withinReach(to, type.object, [at.record_id])).has(at.record_id));
        await tellEach("presence", at, isThere);
      } // prettier-ignore
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

// The words of an access, to see whether it changed.
const accessIn = ({ role, access }: Ctx): string =>
  JSON.stringify([role, access], (_, value: unknown) =>
    value instanceof Set ? [...value].map(String).toSorted((a, b) => a.localeCompare(b)) : value,
  );

const seesSome = ({ access }: Ctx): boolean =>
  access !== "above" && (access.grants !== null || access.guarded.size > 0);

/** Tells a listener of the facts that they may read. */
async function tellFacts(listener: Listener, facts: readonly ConsumedFact[]): Promise<void> {
  await listener.known;
  const { ctx } = listener;
  const reader = factReader(ctx);
  const seen = await readableFacts(ctx, facts.map((f) => f.id)); // prettier-ignore
  for (const f of facts) {
    if (!seen.has(f.id)) continue;
    const payload = reader ? reader.payload(f.name, f.payload as Record<string, unknown>) : f.payload;
    const { id, name, contact_id, account_id, occurred_at } = f;
    const sentence = sentenceOf(name, payload, wordsFor(ctx.workspace.locale));
    tell(listener, written("fact", { id, name, contact_id, account_id, occurred_at, sentence }));
  }
}

type ToldJob = Partial<Job> & { changed_at: string; created_by: string | null };

const knowsJob = (to: Ctx, job: ToldJob): boolean => {
  const only = jobsOf(to);
  return only === null || (only.by !== null && job.created_by === only.by);
};

async function changedJobs(ctx: Ctx, since: string): Promise<ToldJob[]> {
  const { rows } = await sql<ToldJob>`
    select * from (
      select id, kind, title, state, done, total, failed, reason, result, created_by, created_at, started_at, finished_at,
             to_char(greatest(created_at, heartbeat_at, finished_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as changed_at
        from jobs where created_at > ${since}::timestamptz or heartbeat_at > ${since}::timestamptz or finished_at > ${since}::timestamptz) j
     order by changed_at limit 50`.execute(ctx.db);
  return rows;
}

const written = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

function tell({ reply }: Listener, text: string): void {
  // A browser that does not read is cut off rather than buffered without end (1 MiB).
  if (reply.raw.writableLength > 1_048_576) reply.raw.destroy();
  else reply.raw.write(text);
}

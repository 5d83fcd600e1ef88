import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound, Refused } from "#kernel/refusal";
import { inTransaction, type Actor, type Ctx, type Role, type Tx } from "#platform/context";

/*
 * Words we use
 *   job       a background work that a person can see: what it does, how far it is, why it stopped
 *   progress  where to go on after a stop; saved in the same transaction as the work it tells of
 *   lease     the number of the taking-up: a running job whose heartbeat is older than 30 s lost its worker and is taken up by
 *             another, and whoever holds an older lease saves nothing more
 *   attempt   a taking-up that found the job no further than those before had found it
 */
export type JobState = "queued" | "running" | "paused" | "done" | "failed" | "cancelled";
export interface Job {
  id: string;
  kind: string;
  title: string;
  state: JobState;
  done: number;
  total: number | null;
  failed: number;
  reason: string | null;
  input: Record<string, unknown>;
  progress: Record<string, unknown>;
  result: Record<string, unknown> | null;
  /** Takings-up since the job last went on, or was queued, resumed or retried by a person. */
  attempts: number;
  /** All takings-up since a person queued, resumed or retried it. */
  taken: number;
  lease: number;
  actor: Actor;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

export interface JobKind {
  readonly kind: string;
  /** Work of the workspace as a whole, whoever started it; any other job reaches no further than the role of its starter. */
  readonly above?: true;
  /** Does the work from job.progress on; throws Refused for a failure in plain words, anything else is retried twice. */
  readonly run: (ctx: Ctx, job: Job, control: JobControl) => Promise<Record<string, unknown> | void>;
}

export interface JobControl {
  /** Saves how far the job is, in the caller's transaction; throws JobStopped when somebody cancelled or paused it. */
  advance(
    tx: Tx,
    step: { done?: number; total?: number | null; failed?: number; progress?: Record<string, unknown> },
  ): Promise<void>;
}

/** Thrown inside a job that was cancelled or paused meanwhile; its transaction rolls back to the last saved step. */
export class JobStopped extends Error {}

const queued = new Set<() => void>();
/** Calls back after a job was enqueued by this process; a hint only, the worker also looks by itself. */
export const onQueued = (wake: () => void): (() => void) => {
  queued.add(wake);
  return () => queued.delete(wake);
};

/** Enqueues a job in the caller's transaction: it exists exactly when that commits. Answers its id. */
export async function enqueue(
  tx: Tx,
  job: { kind: string; title: string; input?: Record<string, unknown>; total?: number; id?: string },
): Promise<string> {
  const id = job.id ?? newId();
  await sql`insert into jobs (id, kind, title, input, total, created_by, actor, created_at)
            values (${id}, ${job.kind}, ${job.title}, ${JSON.stringify(job.input ?? {})}, ${job.total ?? null}, ${tx.actor.id}, ${JSON.stringify(tx.actor)}, ${tx.clock()})`.execute(
    tx.db,
  );
  tx.afterCommit(() => {
    for (const wake of queued) wake();
  });
  return id;
}

// Further than any taking-up found it. A job that counts anew in every run goes on only beyond the most it ever counted, and one
// that saves where to go on only with what none found before, so that one that always dies at the same places ends all the same.
const place = sql<string>`hashtextextended(progress::text, 0)`;
const wentOn = sql<boolean>`(done > found_done or ${place} <> all(found_progresses))`;

// All but what only takings-up ask about: a thousand hashes are no part of a job that people see.
const columns = sql.raw(
  "id, kind, title, state, done, total, failed, reason, input, progress, result, attempts, taken, lease, created_by, actor, created_at, started_at, heartbeat_at, finished_at",
);

/** Takes the oldest job that waits or lost its worker; null when there is none. One conditional update, safe for many workers. */
export async function claim(ctx: Ctx): Promise<Job | null> {
  const { rows } = await sql<Job>`
    update jobs set state = 'running', started_at = coalesce(started_at, now()), heartbeat_at = now(), lease = lease + 1, reason = null,
           taken = taken + 1, due_at = null,
           attempts = case when ${wentOn} then 1 else attempts + 1 end, found_done = greatest(found_done, done),
           found_progresses = case when ${place} <> all(found_progresses) then found_progresses || ${place} else found_progresses end
     where id = (select id from jobs
                  where (state = 'queued' and coalesce(due_at <= now(), true)) or (state = 'running' and heartbeat_at < now() - interval '30 seconds')
                  order by created_at for update skip locked limit 1)
    returning ${columns}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Whether the job is further than this run found it. */
export async function hasGoneOn(ctx: Ctx, { id, lease }: Job): Promise<boolean> {
  const { rows } = await sql`select 1 from jobs where id = ${id} and lease = ${lease} and ${wentOn}`.execute(ctx.db);
  return rows.length > 0;
}

/** Keeps the lease. */
export const beat = (ctx: Ctx, { id, lease }: Job): Promise<unknown> =>
  sql`update jobs set heartbeat_at = now() where id = ${id} and state = 'running' and lease = ${lease}`.execute(ctx.db);

/** Gives a running job of this process back to the queue, at a clean stop. */
export const giveBack = (ctx: Ctx, { id, lease }: Job): Promise<unknown> =>
  sql`update jobs set state = 'queued', heartbeat_at = now(), attempts = greatest(attempts - 1, 0), taken = greatest(taken - 1, 0) where id = ${id} and state = 'running' and lease = ${lease}`.execute(
    ctx.db,
  );

export const jobControl = (job: Job): JobControl => ({
  async advance(tx, step) {
    const { rows } = await sql`
      update jobs set done = coalesce(${step.done ?? null}, done), total = coalesce(${step.total ?? null}, total), failed = coalesce(${step.failed ?? null}, failed),
             progress = coalesce(${step.progress ? JSON.stringify(step.progress) : null}::jsonb, progress), heartbeat_at = now()
       where id = ${job.id} and state = 'running' and lease = ${job.lease} returning id`.execute(tx.db);
    if (rows.length === 0) throw new JobStopped(`job ${job.id} was stopped`);
  },
});

type Ended = (tx: Tx, job: Job, end: { state: "done" | "failed"; reason?: string }) => Promise<void>;
const ended: Ended[] = [];
/** Runs in the transaction that ends a job for good; for whoever tells people of it. */
export const onJobEnded = (tell: Ended): void => void ended.push(tell);

// As any failing step in the background: ever slower, at most every 30 s.
const pauseAfter = ({ taken }: Job): number => Math.min(0.5 * 2 ** taken, 30);

/** Ends the job, or lets it wait for its next try; a job that another worker took over meanwhile is left alone. */
export async function finish(
  ctx: Ctx,
  job: Job,
  end: { state: "done" | "failed" | "queued"; reason?: string; result?: Record<string, unknown> | undefined },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { rows } =
      await sql`update jobs set state = ${end.state}, reason = ${end.reason ?? null}, result = ${end.result ? JSON.stringify(end.result) : null},
                   finished_at = case when ${end.state} = 'queued' then null else now() end, heartbeat_at = now(),
                   due_at = case when ${end.state} = 'queued' then now() + make_interval(secs => ${pauseAfter(job)}) end
             where id = ${job.id} and state = 'running' and lease = ${job.lease} returning id`.execute(tx.db);
    const { state, reason } = end;
    if (rows[0] && state !== "queued")
      for (const tell of ended) await tell(tx, job, { state, ...(reason ? { reason } : {}) });
  });
}

/**
 * Whose jobs the caller may know of: a job's title and counts tell of whatever it goes through, so that whoever sees only some
 * records is told of their own jobs alone. Null: of everybody's.
 */
export const jobsOf = ({ access, actor }: Pick<Ctx, "access" | "actor">): { by: string | null } | null =>
  access === "above" || access.grants === null ? null : { by: actor.id };

const known = (ctx: Ctx) => {
  const only = jobsOf(ctx);
  return only ? sql<boolean>`created_by = ${only.by}` : sql<boolean>`true`;
};

/** The job as people see it. */
export async function findJob(ctx: Ctx, id: string): Promise<Job> {
  const { rows } = await sql<Job>`select ${columns} from jobs where id = ${id} and ${known(ctx)}`.execute(ctx.db);
  if (!rows[0]) throw notFound("job");
  return rows[0];
}

/** The newest jobs first. */
export async function listJobs(ctx: Ctx, limit = 50): Promise<Job[]> {
  const { rows } =
    await sql<Job>`select ${columns} from jobs where ${known(ctx)} order by created_at desc, id desc limit ${limit}`.execute(
      ctx.db,
    );
  return rows;
}

const moves = {
  cancel: { from: ["queued", "running", "paused"], to: "cancelled" },
  pause: { from: ["queued", "running"], to: "paused" },
  resume: { from: ["paused"], to: "queued" },
  retry: { from: ["failed", "cancelled"], to: "queued" },
} as const;

const leaders: ReadonlySet<Role> = new Set(["owner", "admin", "manager"]);

/** Cancels, pauses, resumes or retries a job; refused when its state does not allow it, or when it is somebody else's and one leads nobody. */
export const moveJob = (ctx: Ctx, id: string, move: keyof typeof moves): Promise<Job> =>
  inTransaction(ctx, async (tx) => {
    const job = await findJob(tx, id);
    if (!leaders.has(tx.role) && (tx.actor.id === null || job.actor.id !== tx.actor.id))
      throw new Refused(
        "forbidden",
        "job.not-yours",
        `${job.actor.name} started this; only they or a manager may ${move} it.`,
      );
    const { from, to } = moves[move];
    const { rows } = await sql`
      update jobs set state = ${to}, reason = null, heartbeat_at = now(), finished_at = case when ${to} = 'cancelled' then now() end,
             attempts = case when ${to} = 'queued' then 0 else attempts end, taken = case when ${to} = 'queued' then 0 else taken end, due_at = null,
             found_done = case when ${to} = 'queued' then 0 else found_done end, found_progresses = case when ${to} = 'queued' then '{}' else found_progresses end
       where id = ${id} and state = any(${from}) returning id`.execute(tx.db);
    if (rows.length === 0)
      throw new Refused("conflict", "job.cannot-move", `A job that is ${job.state} cannot ${move}.`);
    tx.afterCommit(() => {
      for (const wake of queued) wake();
    });
    return findJob(tx, id);
  });

import { request } from "../../kit/client.ts";
import { hearLive, type Job } from "../../kit/live.ts";
import { tell } from "../../kit/notes.ts";
import { done } from "../../kit/undo.ts";
import { count } from "../../kit/format.ts";
import { say } from "../../kit/i18n.ts";

const over = new Set(["done", "failed", "cancelled"]);
// The live stream tells of a job's end; where it is broken, the ledger is asked this often, in ms.
const pace = 5000;

/** Waits for the end of a job. */
const ended = (id: string): Promise<Job> =>
  new Promise((end) => {
    const settle = (job: Job): void => {
      if (job.id !== id || !over.has(job.state)) return;
      stop();
      clearInterval(clock);
      end(job);
    };
    const stop = hearLive("job", settle);
    const look = (): void => void request<Job>("GET /jobs/{id}", { id }).then(settle, () => undefined);
    const clock = setInterval(look, pace);
    look();
  });

/** Tells how a bulk job ended, wherever the person is by then, and offers to take it back. `again` refreshes the lists. */
export async function follow(id: string, words: (n: number) => string, again: () => unknown): Promise<void> {
  const job = await ended(id);
  void again();
  if (job.state === "failed") return void tell(job.reason ?? say("It failed"), { tone: "bad" });
  const changed = Math.max(0, job.done - job.failed);
  const left = job.failed > 0 ? ` · ${say("{n} left as they were: see Activity", { n: count(job.failed) })}` : "";
  const sentence =
    job.state === "cancelled" ? `${say("Stopped")}: ${words(changed)}${left}` : `${words(changed)}${left}`;
  if (changed === 0) return void tell(sentence);
  done(sentence, async () => {
    const back = await request<{ job_id: string }>("POST /jobs/{id}/undo", { id });
    void follow(
      back.job_id,
      (n) => say("{n, plural, one {# record is} other {# records are}} as before", { n }),
      again,
    );
  });
}

import type { DescribedObject } from "../kit/boot.ts";
import { say } from "../kit/i18n.ts";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { done } from "../kit/undo.ts";
import { recordsOf } from "./record.ts";

// Up to so many are restored at once; more by a job.
const atOnce = 50;

const words = (n: number): string => say("{n, plural, one {# record is} other {# records are}} back", { n });

/** Takes records out of the trash; those that are refused stay, and the first refusal is said. */
export async function restoreMany(object: DescribedObject, ids: readonly string[], again: () => Promise<unknown>): Promise<void> {
  const records = recordsOf(object.plural);
  if (ids.length > atOnce) {
    const [{ startBulk }, { follow }] = await Promise.all([import("./bulk/told.ts"), import("./bulk/follow.ts")]);
    const { job_id } = await startBulk(object.name, { kind: "restore" }, { ids });
    tell(say("Restoring them: see Activity"));
    return void follow(job_id, words, again);
  }
  const answers = await Promise.allSettled(ids.map((id) => records.restore(id)));
  const back = ids.filter((_id, i) => answers[i]?.status === "fulfilled");
  const refused = answers.find((answer) => answer.status === "rejected");
  await again();
  if (refused) tell(sentenceOf(refused.reason), { tone: "bad" });
  if (back.length > 0) done(words(back.length), () => Promise.all(back.map((id) => records.trash(id))).then(again));
} // prettier-ignore

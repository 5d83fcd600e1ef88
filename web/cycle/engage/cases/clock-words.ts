import type { Tone } from "#records";
import { say } from "../../../kit/i18n.ts";
import { amount, lasting } from "../../../kit/lasting.ts";
import type { Target } from "./told.ts";

// Red within this time of the due instant, as in My day.
const nearMs = 60 * 60_000;

/** How a target stands, in words and a tone. */
export function standing(target: Target, now: Date): { words: string; tone: Tone } {
  if (target.outcome === "met") return { words: say("in time"), tone: "green" };
  if (target.outcome === "cancelled") return { words: say("not owed any more"), tone: "gray" };
  if (target.outcome === "missed")
    return { words: target.late_by ? say("{time} late", { time: amount(target.late_by) }) : say("late"), tone: "red" }; // prettier-ignore
  if (!target.due_at) return { words: say("stands while we wait"), tone: "amber" };
  const left = Date.parse(target.due_at) - now.getTime();
  if (left < 0) return { words: say("{time} late", { time: lasting(left) }), tone: "red" };
  return { words: say("due in {time}", { time: lasting(left) }), tone: left <= nearMs ? "red" : "blue" };
}

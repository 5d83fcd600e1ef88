import { dismiss, tell } from "./notes.ts";
import { sentenceOf } from "./problem.ts";
import { say } from "./i18n.ts";

/*
 * Words we use
 *   step   a change the person made and how to take it back; the last 20 are kept
 */
interface Step {
  sentence: string;
  undo: () => Promise<unknown> | void;
  note: number;
}

const kept = 20;
let steps: Step[] = [];

const takeBack = async (step: Step): Promise<void> => {
  steps = steps.filter((other) => other !== step);
  dismiss(step.note);
  try {
    await step.undo();
    tell(say("Taken back: {sentence}", { sentence: step.sentence }));
  } catch (thrown) {
    tell(say("Could not be taken back: {reason}", { reason: sentenceOf(thrown) }), { tone: "bad" });
  }
};

/** Says what was done and offers to take it back, by the note and by Ctrl or Command Z. */
export function done(sentence: string, undo: Step["undo"]): void {
  const step: Step = { sentence, undo, note: 0 };
  step.note = tell(sentence, { undo: () => void takeBack(step) });
  steps = [...steps, step].slice(-kept);
}

let saving: Promise<unknown> = Promise.resolve();

/** Tells of a change that is on its way: what is taken back next is this one, not the one before. */
export function underWay(change: Promise<unknown>): void {
  saving = Promise.allSettled([saving, change]);
}

/** Takes back the last change that was not taken back yet, once those on their way have arrived. */
export function undoLast(): void {
  void saving.then(() => {
    const step = steps.at(-1);
    if (step) underWay(takeBack(step));
    else tell(say("There is nothing to take back"));
  });
}

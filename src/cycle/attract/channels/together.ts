/**
 * Gathers calls: while one runs, those that come wait and go together with the next. Each gets its own answer, in order; when the work
 * fails, all of its calls fail. At most `most` at once.
 */
export function together<I, O>(
  work: (inputs: readonly I[]) => Promise<readonly O[]>,
  most = 500,
): (input: I) => Promise<O> {
  let waiting: { input: I; done: (o: O) => void; fail: (e: unknown) => void }[] = [];
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const now = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const answers = await work(now.map((w) => w.input));
        now.forEach((w, i) => w.done(answers[i]!));
      } catch (error) {
        for (const w of now) w.fail(error);
      }
    }
    running = false;
  };
  return (input) =>
    new Promise<O>((done, fail) => {
      waiting.push({ input, done, fail });
      if (!running) void run();
    });
}

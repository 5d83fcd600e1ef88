import type { CDPSession, Page } from "playwright-core";

/*
 * Words we use
 *   thread ticks   the time the page's main thread really ran on a core; what other programs take from a busy machine does not count
 *   painted        the screen shows it: two animation frames after the page's tree says so, the first of which draws it
 */
export interface Meter {
  /** Main-thread CPU so far, ms: all tasks (script, style, layout, paint), and script alone. */
  read: () => Promise<{ tasks: number; script: number }>;
  /** What is alive after a collection, MB. */
  heap: () => Promise<number>;
  /** Makes the page's processor so many times slower. */
  slower: (times: number) => Promise<void>;
}

/** Measures a page in thread ticks. */
export async function meterOf(page: Page): Promise<Meter> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  return {
    read: async () => {
      const metric = await metricsOf(cdp);
      return { tasks: metric("TaskDuration") * 1000, script: metric("ScriptDuration") * 1000 };
    },
    heap: async () => {
      await cdp.send("HeapProfiler.collectGarbage");
      return (await metricsOf(cdp))("JSHeapUsedSize") / 1024 / 1024;
    },
    slower: async (rate) => void (await cdp.send("Emulation.setCPUThrottlingRate", { rate })),
  };
}

async function metricsOf(cdp: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const known = new Map(metrics.map((metric) => [metric.name, metric.value]));
  return (name) => known.get(name) ?? Number.NaN;
}

/** Waits until an element that fits the selector shows the text, painted; by looking once a frame, which costs next to nothing. */
export const painted = (page: Page, selector: string, text = ""): Promise<void> =>
  page.evaluate(
    ([wanted, words]) =>
      new Promise<void>((done, failed) => {
        const until = performance.now() + 20_000;
        const look = (): void => {
          const here = [...document.querySelectorAll(wanted)].some((one) => one.textContent.includes(words));
          if (here) requestAnimationFrame(() => requestAnimationFrame(() => done()));
          else if (performance.now() > until) failed(new Error(`never painted: ${wanted} ${words}`));
          else requestAnimationFrame(look);
        };
        look();
      }),
    [selector, text] as const,
  );

/** Main-thread CPU of the page from an act of the person until its result is painted, ms. */
export async function costOf(meter: Meter, act: () => Promise<unknown>, shown: () => Promise<void>): Promise<number> {
  const before = await meter.read();
  await act();
  await shown();
  return (await meter.read()).tasks - before.tasks;
}

/** The least of up to three measurements, or of as many as said; stops as soon as one is within the limit. */
export async function bestOf(limit: number, measure: () => Promise<number>, turns = 3): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < turns && best > limit; turn++) best = Math.min(best, await measure());
  return best;
}

export interface Scrolled {
  frames: number;
  /** Frames in which a row in sight was not drawn or still empty. */
  blank: number;
}

/** Scrolls the table in sight by so many px per frame, as a hand that pulls. */
export const scroll = (page: Page, px: number, frames: number): Promise<Scrolled> =>
  page.evaluate(
    ([step, count]) =>
      new Promise<Scrolled>((done) => {
        const grid = document.querySelector<HTMLElement>(".grid");
        const body = grid?.querySelector(".grid-body");
        if (!grid || !body) throw new Error("no table");
        const row = Number.parseFloat(getComputedStyle(grid).getPropertyValue("--row"));
        const height = grid.clientHeight - row;
        let [frame, blank] = [0, 0];
        const next = (): void => {
          if (frame++ === count) return done({ frames: count, blank });
          grid.scrollTop += step;
          const first = Number(body.firstElementChild?.getAttribute("data-i"));
          const last = Number(body.lastElementChild?.getAttribute("data-i"));
          const seen = [Math.floor(grid.scrollTop / row), Math.floor((grid.scrollTop + height - 1) / row)] as const;
          if (first > seen[0] || last < seen[1] || body.querySelector(".bar-late")) blank++;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    [px, frames] as const,
  );

/** Scrolls through a list of so many rows, which grows as it is scrolled, until its last row is drawn. */
export const scrollToEnd = (page: Page, rows: number): Promise<void> =>
  page.evaluate(
    (last) =>
      new Promise<void>((done) => {
        const grid = document.querySelector<HTMLElement>(".grid");
        if (!grid) throw new Error("no table");
        const next = (): void => {
          grid.scrollTop = grid.scrollHeight;
          const line = grid.querySelector(`[data-i="${last}"]`);
          if (line && !line.querySelector(".bar-late")) return done();
          requestAnimationFrame(next);
        };
        next();
      }),
    rows - 1,
  );

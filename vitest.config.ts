import { defineConfig } from "vitest/config";
import { LongFirst } from "./test/order.ts";

// Generous: a machine that does other work too must not fail a story.
const patience = { testTimeout: 120_000, hookTimeout: 120_000 };

// Stories that register objects or importers of their own, which every later story of the process would meet, and one that weighs
// the process.
const alone = [
  "src/records/{records,looking}.test.ts",
  "src/records/export/export.test.ts",
  "src/cycle/deliver/shops/real.test.ts",
];

// What measures how long something takes is not pushed aside by a third one; beside it run those that mostly wait.
const measured = ["test/browser/figures*.test.ts", "src/platform/postgres/supervisor/*.test.ts"];

/*
 * Files share their processes: what a story keeps lies in a database of its own, and the program, read and compiled anew for
 * each of 230 files, cost a tenth of the time.
 */
export default defineConfig({
  test: {
    pool: "forks",
    // On 2 cores: a story waits a fifth of its time, for a page, a clock or a process that comes back.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    reporters: ["default"],
    globalSetup: ["test/setup.ts"],
    projects: [
      {
        test: {
          name: "plain",
          include: ["src/kernel/**/*.test.ts", "web/**/*.test.{ts,tsx}"],
          isolate: false,
          ...patience,
        },
      },
      {
        test: {
          name: "stories",
          include: ["src/**/*.test.ts", "test/**/*.test.ts", "bench/**/*.test.ts"],
          exclude: ["src/kernel/**", ...alone, ...measured],
          isolate: false,
          ...patience,
        },
      },
      { test: { name: "alone", include: alone, ...patience } },
      {
        test: {
          name: "measured",
          include: measured,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1, sequencer: LongFirst },
          ...patience,
        },
      },
    ],
  },
});

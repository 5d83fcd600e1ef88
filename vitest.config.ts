import { defineConfig } from "vitest/config";
import { LongFirst } from "./test/order.ts";

// Generous: a machine that does other work too must not fail a story.
const patience = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    pool: "forks",
    // 2 cores: PostgreSQL needs the other one.
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    reporters: ["default"],
    projects: [
      // Words and pictures: they keep nothing between files, so the files share their two processes.
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
          exclude: ["src/kernel/**"],
          globalSetup: ["test/setup.ts"],
          ...patience,
        },
      },
    ],
  },
});

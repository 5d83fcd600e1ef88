import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "web/**/*.test.{ts,tsx}", "test/**/*.test.ts", "bench/**/*.test.ts"],
    globalSetup: ["test/setup.ts"],
    pool: "forks",
    // 2 cores: PostgreSQL needs the other one.
    maxWorkers: 2,
    // Generous: a machine that does other work too must not fail a story.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});

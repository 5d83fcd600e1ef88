import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { violations } from "./architecture.ts";

const modules = `import leads from "../cycle/convert/leads/module.ts";
import orders from "../cycle/deliver/orders/module.ts";
export const modules = [leads, orders];`;

/** A small house with one planted file; answers what the test says of it. */
function plant(file: string, text: string): string[] {
  const root = mkdtempSync(join(tmpdir(), "rondo-house-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of [
    ["src/app/modules.ts", modules],
    ["src/cycle/convert/leads/index.ts", ""],
    ["src/cycle/deliver/orders/index.ts", ""],
    [file, text],
  ] as const) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return violations(root);
}

test("the house stands", () => {
  expect(violations(join(import.meta.dirname, ".."))).toEqual([]);
});

test.each([
  [
    "an earlier stage asks a later one",
    "src/cycle/convert/leads/queries.ts",
    'import { x } from "#deliver/orders";',
    "comes later",
  ],
  ["records ask customers", "src/records/list.ts", 'import { x } from "#customers";', "comes later"],
  ["the platform knows a customer", "src/platform/http/a.ts", 'import { x } from "#timeline";', "comes later"],
  ["the kernel imports the platform", "src/kernel/a.ts", 'import { x } from "#platform/http";', "imports nothing"],
  ["the kernel does I/O", "src/kernel/a.ts", 'import { x } from "node:fs";', "no I/O"],
  [
    "a module is entered past its door",
    "src/cycle/deliver/orders/a.ts",
    'import { x } from "#convert/leads/queries";',
    "not a door",
  ],
  [
    "a module is entered by a relative path",
    "src/cycle/deliver/orders/a.ts",
    'import { x } from "../../convert/leads/lead.ts";',
    "leaves the module",
  ],
  ["the browser takes a value from the server", "web/a.ts", 'import { x } from "#customers";', "types only"],
  ["the browser reaches into src", "web/a.ts", 'import { x } from "../src/kernel/id.ts";', "leaves web"],
  [
    "a module is missing from the list",
    "src/cycle/grow/loyalty/index.ts",
    "export const x = 1;",
    "not in src/app/modules.ts",
  ],
  [
    "a workspace's table refers to the control schema",
    "src/cycle/deliver/orders/migrations/20260101_0000_orders.sql",
    "create table orders (owner_id uuid references rondo.users)",
    "control schema",
  ],
  ["a module serves HTTP itself", "src/cycle/deliver/orders/a.ts", 'import Fastify from "fastify";', "belongs to"],
])("%s: caught", (_, file, text, reason) => {
  expect(plant(file, text).join("\n")).toContain(reason);
});

test("arrows that follow the cycle are fine", () => {
  expect(
    plant(
      "src/cycle/deliver/orders/a.ts",
      'import { x } from "#convert/leads";\nimport type { y } from "#timeline";\nimport { z } from "./b.ts";',
    ),
  ).toEqual([]);
  expect(plant("web/a.tsx", 'import type { x } from "#customers";\nimport { y } from "../web/b.ts";')).toEqual([]);
});

import { expect, test } from "vitest";
import { bootWith } from "../kit/boot.ts";
import { sampleBoot } from "../dev/sample.ts";
import { isClosed, sections } from "./sections.ts";

const as = (permissions: readonly string[]): void => bootWith({ ...sampleBoot(), permissions });

test("a viewer who comes to the keys by a link finds them closed, and their own page open", () => {
  as(["workspace.read", "people.read"]);
  expect(["/settings/keys", "/settings/audit", "/settings/sample"].map(isClosed)).toEqual([true, true, true]);
  expect(["/settings/you", "/settings/company", "/settings/people", "/settings"].map(isClosed)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("what is offered is what is open", () => {
  as(["keys.manage"]);
  expect(isClosed("/settings/keys")).toBe(false);
  expect(sections().map(({ to }) => to)).toContain("/settings/keys");
  expect(sections().some(({ to }) => isClosed(to))).toBe(false);
});

import { expect, test } from "vitest";
import { mayGive } from "./roles.ts";

test("nobody gives away more than they have", () => {
  expect(mayGive("owner")[0]).toBe("owner");
  expect(mayGive("admin")).toEqual(["admin", "manager", "agent", "viewer"]);
  expect(mayGive("agent")).toEqual(["agent", "viewer"]);
  expect(mayGive("something else")).toEqual([]);
});

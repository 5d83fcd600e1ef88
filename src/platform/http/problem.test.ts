import { expect, test } from "vitest";
import { problemOf } from "./problem.ts";

const pg = (code: string): Error => Object.assign(new Error("from PostgreSQL"), { code });

test("what PostgreSQL cannot store is the sender's mistake, not ours", () => {
  // A year 0000, a number beyond its column, a NUL in jsonb, a broken cursor, a check that does not hold.
  for (const code of ["22008", "22003", "22P05", "22021", "22P02", "22007", "23514", "23502"])
    expect(problemOf(pg(code)), code).toMatchObject({ status: 422, code: "input.invalid" });
});

test("a database that is away, full or in each other's way is told as such, so that the sender may try again", () => {
  for (const code of ["40P01", "40001", "55P03"])
    expect(problemOf(pg(code)), code).toMatchObject({ status: 503, code: "database.busy" });
  for (const code of ["57P01", "57P03", "08006", "53300"])
    expect(problemOf(pg(code)), code).toMatchObject({ status: 503, code: "database.away" });
  expect(problemOf(Object.assign(new Error("connect"), { code: "ECONNREFUSED", syscall: "connect" }))).toMatchObject({
    status: 503,
    code: "database.away",
  });
  expect(problemOf(new Error("timeout exceeded when trying to connect"))).toMatchObject({
    status: 503,
    code: "database.away",
  });
});

test("our own faults stay faults", () => {
  for (const code of ["42P01", "42703", "XX000"]) expect(problemOf(pg(code)), code).toBeNull();
  expect(problemOf(new TypeError("undefined is not a function"))).toBeNull();
  // Another server of ours that is away (mail) is not the database.
  expect(problemOf(Object.assign(new Error("nope"), { code: "ENOENT", syscall: "open" }))).toBeNull();
});

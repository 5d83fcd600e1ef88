import { sql } from "kysely";
import { expect, test } from "vitest";
import { databaseForTest } from "../../../test/database.ts";
import { jsonInstant, jsonNumber } from "./scalar.ts";

test("no text or number that somebody keeps in a custom field can make a question about it fail", async () => {
  const { db } = (await databaseForTest()).ctx();
  const kept: unknown[] = [
    "0000-01-01", "0000-01-01T00:00:00Z", "2023-01-01T00:00:00+24:00", "2023-01-01T00:00:00+15:59", "2023-01-01T00:00:00+16:00", "2023-01-01T00:00:00-23:59", "2023-01-01T23:59:60Z", "2023-02-30",
    "2023-01-01T00:00:00.999999999999Z", "2023-01-01T25:00:00Z", "2023-13-01", "9999-12-31T23:59:59-15:59", "0001-01-01T00:00:00+15:59", "2023-01-01\n", "2023-01-01T00:00:00Z\n", "infinity", "now", "2024-02-29", "2100-02-29", "1900-02-29", "2000-02-29", 1e308, -1e-300, 12345678901234567000,
  ]; // prettier-ignore
  for (const value of kept) {
    const json = sql`${JSON.stringify(value)}::jsonb`;
    const question = sql`select ${sql.raw(jsonInstant("v"))} > now() as later, ${sql.raw(jsonNumber("v"))} > 1 as more from (select ${json} as v) s`;
    await expect(question.execute(db), JSON.stringify(value)).resolves.toBeDefined();
  }
});

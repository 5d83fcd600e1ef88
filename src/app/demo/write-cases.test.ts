import { expect, test } from "vitest";
import { sql } from "kysely";
import { sampleDay, sampleForTest } from "./sample-for-tests.ts";

test("cases and their facts are one history, with outcomes; one of those open is near its breach", async () => {
  const t = await sampleForTest();
  const ctx = t.ctx("owner", { at: sampleDay });
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from cases)::int as cases, (select count(*) from facts where name = 'case.opened')::int as told,
           (select count(*) from cases c join facts f on f.id = c.opened_fact and f.payload ->> 'case_id' = c.id::text and f.payload ->> 'reason_id' = c.reason_id::text)::int as agreed,
           (select count(*) from cases c where status in ('resolved', 'closed') and not exists (select from facts f where f.name = 'case.resolved' and f.payload ->> 'case_id' = c.id::text))::int as unresolved,
           (select count(*) from cases c where status in ('open', 'waiting') and exists (select from facts f where f.name = 'case.resolved' and f.caused_by = c.opened_fact))::int as forgotten,
           (select count(*) from cases where product_id is null or order_id is null)::int as bare, (select count(*) from cases where status = 'open' and due_at is not null)::int as open,
           (select count(*) from case_targets where outcome = 'met')::int as met, (select count(*) from case_targets where outcome = 'missed')::int as missed`.execute(ctx.db);
  const found = rows[0]!;
  expect(found).toMatchObject({ told: found.cases, agreed: found.cases, unresolved: 0, forgotten: 0 });
  expect(found.cases).toBeGreaterThan(300);
  expect(found.bare!).toBeLessThan(found.cases! / 20);
  expect(found.open).toBeGreaterThan(4);
  expect(found.missed).toBeGreaterThan(20);
  expect(found.met).toBeGreaterThan(found.missed!);
  // Each of the day's opening hours has one that is near: dues are spread over the next business day.
  const { rows: due } = await sql<{ n: number }>`select count(distinct date_trunc('hour', due_at))::int as n from cases where status = 'open'`.execute(ctx.db);
  expect(due[0]!.n).toBeGreaterThan(4);
}, 240_000); // prettier-ignore

import { expect, test } from "vitest";
import { sql } from "kysely";
import { stuckSteps } from "#engage/onboarding";
import { sampleDay, sampleForTest } from "./sample-for-tests.ts";

test("onboardings and their facts are one history, some stall with a reason", async () => {
  const t = await sampleForTest();
  const ctx = t.ctx("owner", { at: sampleDay });
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from onboardings)::int as rows, (select count(*) from facts where name = 'onboarding.started')::int as started,
           (select count(*) from onboardings o join facts f on f.id = o.start_fact and f.payload ->> 'onboarding_id' = o.id::text)::int as agreed,
           (select count(*) from onboardings where status = 'completed')::int as completed, (select count(*) from facts where name = 'onboarding.completed' and payload ? 'onboarding_id')::int as told,
           (select count(*) from facts f join facts c on c.id = f.caused_by where f.name = 'onboarding.completed' and c.name = 'onboarding.step-done' and c.occurred_at = f.occurred_at)::int as caused,
           (select count(*) from onboarding_steps where state = 'done')::int as done, (select count(*) from facts where name = 'onboarding.step-done')::int as said,
           (select count(*) from onboardings where status = 'completed' and (percent < 100 or value_at is null))::int as odd,
           (select count(*) from onboarding_steps s where kind = 'fact' and state = 'done' and evidence_fact is null)::int as unshown,
           (select count(*) from onboardings where status = 'stalled')::int as stalled, (select count(*) from facts where name = 'onboarding.stalled')::int as stalls,
           (select count(*) from tasks where about_object = 'onboarding')::int as tasks`.execute(ctx.db);
  const found = rows[0]!;
  expect(found).toMatchObject({ started: found.rows, agreed: found.rows, told: found.completed, caused: found.completed, said: found.done, stalls: found.stalled, odd: 0, unshown: 0 });
  expect(found.completed).toBeGreaterThan(200);
  expect(found.stalled).toBeGreaterThan(2);
  expect(found.tasks).toBeGreaterThan(0);
  expect((await stuckSteps(ctx))[0]!.people).toBeGreaterThan(0);
  const { rows: cleo } = await sql`select o.status from onboardings o join contacts c on c.id = o.contact_id where c.name = 'Cleo Okafor'`.execute(ctx.db);
  expect(cleo).toEqual([{ status: "running" }]);
}, 240_000); // prettier-ignore

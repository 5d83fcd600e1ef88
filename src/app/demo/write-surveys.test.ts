import { expect, test } from "vitest";
import { sql } from "kysely";
import { sampleDay, sampleForTest } from "./sample-for-tests.ts";

test("invitations, answers and facts are one history, some held back, some to be called, and nobody is mailed", async () => {
  const t = await sampleForTest();
  const ctx = t.ctx("owner", { at: sampleDay });
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from survey_responses)::int as answers, (select count(*) from facts where name = 'survey.answered')::int as told,
           (select count(*) from survey_responses r join facts f on f.id = r.fact_id and f.payload ->> 'response_id' = r.id::text and f.payload ->> 'kind' = r.kind and (f.payload ->> 'score')::int = r.score)::int as agreed,
           (select count(*) from survey_invitations where state = 'sent')::int as sent, (select count(*) from facts where name = 'survey.sent')::int as told_sent,
           (select count(*) from survey_invitations where state = 'held' and code <> 'not-drawn')::int as held, (select count(*) from facts where name = 'survey.held')::int as told_held,
           (select count(*) from survey_invitations where state in ('due', 'queued'))::int as waiting, (select count(distinct code) from survey_invitations where state = 'held')::int as rules,
           (select count(*) from survey_responses r join cases k on k.id = r.case_id and k.status = 'open' and k.channel = 'survey')::int as calls,
           (select count(*) from survey_responses where kind = 'csat')::int as csat, (select sum(answer_count) from surveys)::int as counted`.execute(ctx.db);
  const found = rows[0]!;
  expect(found).toMatchObject({ answers: found.told, agreed: found.told, counted: found.told, sent: found.told_sent, held: found.told_held, waiting: 0, rules: 4 });
  expect(found.answers).toBeGreaterThan(500);
  expect(found.csat).toBeGreaterThan(30);
  expect(found.calls).toBeGreaterThan(0);
  expect(t.mails).toEqual([]);
}, 240_000); // prettier-ignore

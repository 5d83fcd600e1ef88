import { sql } from "kysely";
import { forgetSends } from "#attract/channels";
import { beforePurge } from "#records";

beforePurge("survey", async (tx, ids) => {
  const { rows } = await sql<{ id: string }>`select id from survey_invitations where survey_id = any(${ids})`.execute(tx.db);
  for (const source of ["survey", "survey-reminder"]) await forgetSends(tx, source, rows.map((r) => r.id));
}); // prettier-ignore

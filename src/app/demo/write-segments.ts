import { sql } from "kysely";
import { addMembers, segmentType } from "#attract/audience";
import type { Condition } from "#kernel/condition";
import type { Tx } from "#platform/context";
import { createRecord } from "#records";
import { sample } from "./sample.ts";

const did = (fact: string): Condition => ({ fact, times: { op: "at_least", n: 1 } });
const never = (fact: string): Condition => ({ fact, times: { op: "exactly", n: 0 } });

const dynamic: readonly { key: string; name: string; description: string; condition: Condition }[] = [
  {
    key: "quiet-60",
    name: "Quiet for 60 days",
    description: "Ordered before, but not in the last 60 days.",
    condition: { all: [did("order.placed"), { fact: "order.placed", times: { op: "exactly", n: 0 }, within: { last: { n: 60, unit: "day" } } }] },
  },
  {
    key: "loyal-germany",
    name: "Loyal in Germany",
    description: "Loyal customers and advocates in Germany.",
    condition: { all: [{ field: "lifecycle_stage", op: "in", value: ["loyal", "advocate"] }, { field: "country", op: "in", value: ["DE", "Germany"] }] },
  },
  {
    key: "readers",
    name: "Newsletter readers without an order",
    description: "They read us and have not bought yet.",
    condition: { all: [did("newsletter.subscribed"), never("newsletter.unsubscribed"), never("order.placed")] },
  },
  {
    key: "unhappy",
    name: "Gave us 6 or less",
    description: "Their last answer to a survey was 6 or less, of 10, for recommending us.",
    condition: { last: "survey.answered", where: { all: [{ field: "score", op: "lte", value: 6 }, { field: "kind", op: "is", value: "nps" }] } },
  },
]; // prettier-ignore

// So many people of the sample were met at the fair.
const met = 40;

/** Writes the sample's segments; one whose name the company uses already is left out. */
export async function writeSegments(tx: Tx): Promise<void> {
  const fair = { key: "fair-2026", name: "Trade fair 2026", description: "Met at the fair; chosen by hand." };
  const { rows: taken } = await sql<{
    name: string;
  }>`select lower(name) as name from segments where deleted_at is null`.execute(tx.db);
  const free = ({ name }: { name: string }): boolean => !taken.some((t) => t.name === name.toLowerCase());
  for (const { key, ...values } of dynamic.filter(free))
    await createRecord(tx, segmentType, { ...values, kind: "dynamic", external_ids: { [sample]: key } });
  if (!free(fair)) return;
  const { key, ...values } = fair;
  const { id } = await createRecord(tx, segmentType, { ...values, kind: "static", external_ids: { [sample]: key } });
  const { rows } = await sql<{ id: string }>`
    select record_id as id from external_ids where object = 'contact' and system = ${sample} order by md5(external_id) limit ${met}`.execute(
    tx.db,
  );
  await addMembers(tx, id, rows.map((r) => r.id)); // prettier-ignore
}

import { CompiledQuery } from "kysely";
import { newId } from "#kernel/id";
import { inTransaction } from "#platform/context";
import { record } from "#timeline";
import type { House } from "./house.ts";
import { compare, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

/** One record through HTTP against the row through pg; a page of its timeline; a fact with its change against two bare statements. */
export async function recordFigures(house: House, scale: Scale): Promise<Figure[]> {
  const client = await house.database.client(house.ctx.workspace.schema);
  const fact =
    "insert into facts (id, name, occurred_at, contact_id, actor_kind, actor_name, payload, epoch) values ($1, 'page.visited', now(), $2, 'system', 'bench', $3, 1)";
  try {
    const { rows } = await client.query<{ id: string }>("select id from contacts order by md5(id::text) limit 500");
    const id = (i: number): string => rows[Math.abs(i) % rows.length]!.id;
    return [
      await compare(
        house.database,
        { figure: "record", against: "the row as JSON through pg", reach: 4 },
        (i) => house.get(`/contacts/${id(i)}`),
        (i) =>
          client.query({
            name: "bench_one",
            text: "select row_to_json(t)::text from contacts t where id = $1",
            values: [id(i)],
          }),
        scale,
      ),
      await compare(
        house.database,
        { figure: "timeline, first page", against: "the 20 newest facts through pg", reach: 5 },
        (i) => house.get(`/contacts/${id(i)}/timeline?limit=20`),
        (i) =>
          client.query({
            name: "bench_timeline",
            text: "select * from facts where contact_id = $1 order by occurred_at desc, id desc limit 20",
            values: [id(i)],
          }),
        scale,
      ),
      await compare(
        house.database,
        { figure: "fact with its change", against: "two bare statements in a transaction", reach: 1.5 },
        (i) =>
          inTransaction(house.ctx, async (tx) => {
            await tx.db.executeQuery(
              CompiledQuery.raw("update contacts set job_title = $2 where id = $1", [id(i), `title ${i}`]),
            );
            await record(tx, { name: "page.visited", contact_id: id(i), payload: { title: "Pricing" } });
          }),
        async (i) => {
          await client.query("begin");
          await client.query({
            name: "bench_update",
            text: "update contacts set job_title = $2 where id = $1",
            values: [id(i), `title ${i}`],
          });
          await client.query({ name: "bench_fact", text: fact, values: [newId(), id(i), '{"title": "Pricing"}'] });
          await client.query("commit");
        },
        scale,
      ),
    ];
  } finally {
    client.release();
  }
}

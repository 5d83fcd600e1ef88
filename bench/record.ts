import { CompiledQuery } from "kysely";
import { newId } from "#kernel/id";
import { inTransaction } from "#platform/context";
import { record } from "#timeline";
import type { House } from "./house.ts";
import { compare, type Figure } from "./measure.ts";

/** One record through HTTP against the row through pg; and a fact with its change against two bare inserts, each in a transaction. */
export async function recordFigures(house: House): Promise<Figure[]> {
  const client = await house.database.client(house.ctx.workspace.schema);
  try {
    const { rows } = await client.query<{ id: string }>("select id from contacts order by md5(id::text) limit 500");
    const ids = rows.map((r) => r.id);
    const id = (i: number): string => ids[i % ids.length]!;
    const one = await compare(
      { figure: "record", against: "the row as JSON through pg", reach: 2.5 },
      (i) => house.get(`/contacts/${id(i)}`),
      (i) => client.query({ name: "bench_one", text: "select row_to_json(t) from contacts t where id = $1", values: [id(i)] }),
    );
    const fact = await compare(
      { figure: "fact with its change", against: "two bare inserts in a transaction", reach: 1.5 },
      (i) =>
        inTransaction(house.ctx, async (tx) => {
          await tx.db.executeQuery(CompiledQuery.raw("update contacts set job_title = $2 where id = $1", [id(i), `title ${i}`]));
          await record(tx, { name: "page.visited", contact_id: id(i), payload: { title: "Pricing" } });
        }),
      async (i) => {
        await client.query("begin");
        await client.query({ name: "bench_update", text: "update contacts set job_title = $2 where id = $1", values: [id(i), `title ${i}`] });
        await client.query({
          name: "bench_fact",
          text: "insert into facts (id, name, occurred_at, contact_id, actor_kind, actor_name, payload, epoch) values ($1, 'page.visited', now(), $2, 'system', 'bench', $3, 1)",
          values: [newId(), id(i), '{"title": "Pricing"}'],
        });
        await client.query("commit");
      },
    );
    return [one, fact];
  } finally {
    client.release();
  }
}

import { newId } from "#kernel/id";
import type { House } from "./house.ts";
import { compare, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

/** A contact through HTTP with its duplicate check, history and fact, answered as it was saved; against the contact and the fact alone. */
export async function createFigures(house: House, scale: Scale): Promise<Figure[]> {
  const client = await house.database.client(house.ctx.workspace.schema);
  const run = newId();
  const values = (i: number, who: string) => ({
    name: `Bench ${i}`,
    email: `${who}.${i}.${run}@bench.example`,
    country: "Germany",
    city: "Bonn",
  });
  try {
    const figure = await compare(
      house.database,
      {
        figure: "create with duplicate check",
        against: "two bare inserts in a transaction: the contact and its fact",
        reach: 4,
      },
      (i) => house.post("/contacts", values(i, "ours")),
      async (i) => {
        const id = newId();
        const v = values(i, "limit");
        await client.query("begin");
        await client.query({
          name: "bench_create",
          text: "insert into contacts (id, name, email, country, city) values ($1, $2, $3, $4, $5)",
          values: [id, v.name, v.email, v.country, v.city],
        });
        await client.query({
          name: "bench_created",
          text: "insert into facts (id, name, occurred_at, contact_id, actor_kind, actor_name, payload, epoch) values ($1, 'contact.created', now(), $2, 'system', 'bench', $3, 1)",
          values: [newId(), id, JSON.stringify({ name: v.name, source: "bench" })],
        });
        await client.query("commit");
      },
      scale,
    );
    return [figure];
  } finally {
    client.release();
  }
}

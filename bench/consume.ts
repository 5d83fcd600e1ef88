import { consumeOnce, type Consumer } from "#timeline";
import { modules } from "../src/app/modules.ts";
import type { House } from "./house.ts";
import { figureOf, type Figure } from "./measure.ts";

const facts = 20_000;

/** Facts consumed by the lifecycle against a bare cursor read of the same rows. */
export async function consumeFigures(house: House): Promise<Figure[]> {
  const consumer = modules.flatMap((m) => m.consumers ?? []).find((c) => c.name === "lifecycle");
  if (!consumer) throw new Error("there is no lifecycle consumer");
  const client = await house.database.client(house.ctx.workspace.schema);
  try {
    await addOrders(client);
    const bare: Consumer = { name: "bench", batch: consumer.batch ?? 1000, apply: async () => {} };
    await client.query("insert into consumers (name, epoch, tx, seq) select 'bench', epoch, tx, seq from consumers where name = 'lifecycle' on conflict (name) do update set epoch = excluded.epoch, tx = excluded.tx, seq = excluded.seq");
    const limit = await drain(house, bare);
    const ours = await drain(house, consumer);
    const perFact = { figure: "facts consumed by the lifecycle", against: "a bare cursor read of the same rows", reach: 60 };
    return [figureOf(perFact, ours.ms / ours.facts, limit.ms / limit.facts, { facts_per_second: Math.round((ours.facts / ours.ms) * 1000), reach_facts_per_second: 5000 })];
  } finally {
    client.release();
  }
}

/** 20,000 new order facts spread over as many customers as there are, up to 10,000. */
async function addOrders(client: { query: (text: string, values: unknown[]) => Promise<unknown> }): Promise<void> {
  await client.query(
    `insert into facts (id, name, occurred_at, contact_id, account_id, actor_kind, actor_name, payload, epoch)
     select gen_random_uuid(), case when n % 2 = 0 then 'order.placed' else 'order.paid' end, now() - (n % 200) * interval '1 day', c.id, c.account_id, 'system', 'bench',
            json_build_object('order_id', gen_random_uuid(), 'number', 'B' || n, 'amount', 1000, 'currency', 'EUR', 'base_amount', 1000, 'lines', 1), 1
       from generate_series(1, $1::int) n
       join (select id, account_id, row_number() over (order by id) as i, count(*) over () as total from contacts limit 10000) c on c.i = 1 + n % least(c.total, 10000)`,
    [facts],
  );
}

async function drain(house: House, consumer: Consumer): Promise<{ ms: number; facts: number }> {
  const start = process.hrtime.bigint();
  let passed = 0;
  for (let n = -1; n !== 0; passed += n) n = await consumeOnce(house.ctx, consumer);
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, facts: Math.max(passed, 1) };
}

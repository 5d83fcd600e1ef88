import { consumeAll, type Consumer } from "#timeline";
import { modules } from "../src/app/modules.ts";
import type { House } from "./house.ts";
import { costOf, figureOf, type Cost, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

/**
 * Order facts consumed by the lifecycle against a bare cursor read of the same rows: once for customers whose story was never
 * walked, as after an import, once for customers that are known.
 */
export async function consumeFigures(house: House, scale: Scale): Promise<Figure[]> {
  const lifecycle = modules.flatMap((m) => m.consumers ?? []).find((c) => c.name === "lifecycle");
  if (!lifecycle) throw new Error("there is no lifecycle consumer");
  const bare: Consumer = { name: "bench", batch: lifecycle.batch ?? 1000, apply: async () => {} };
  await chooseCustomers(house, scale.consumedContacts);
  // What earlier benches recorded is not measured; with it the compiler is warm.
  await consumeAll(house.ctx, lifecycle);
  await consumeAll(house.ctx, bare);
  const figures: Figure[] = [];
  for (const [figure, days] of [
    ["facts consumed by the lifecycle, first walk", 2],
    ["facts consumed by the lifecycle", 0],
  ] as const) {
    await addOrders(house, scale.consumedFacts, days);
    const limit = await drain(house, bare);
    const ours = await drain(house, lifecycle);
    const perSecond = Math.round(1000 / ours.wall);
    figures.push(
      figureOf({ figure, against: "a bare cursor read of the same rows", reach: 60 }, ours, limit, {
        facts_per_second: perSecond,
        facts_per_cpu_second: ours.cpu === null ? null : Math.round(1000 / ours.cpu),
        reach_facts_per_second: 5000,
      }),
    );
  }
  await house.rows("drop table bench_customers");
  return figures;
}

// The moves that were generated for them would be corrected, which is not what is measured.
async function chooseCustomers(house: House, n: number): Promise<void> {
  await house.rows("drop table if exists bench_customers");
  await house.rows(`create table bench_customers as
     select id, account_id, row_number() over () - 1 as i from (select id, account_id from contacts where deleted_at is null and source = 'generated' order by id limit ${Math.trunc(n)}) c`);
  await house.rows("analyze bench_customers");
  await house.rows("delete from lifecycle_transitions where subject_id in (select id from bench_customers)");
}

/** New order facts, placed and paid, evenly over the chosen customers. */
async function addOrders(house: House, facts: number, daysAgo: number): Promise<void> {
  await house.rows(
    `insert into facts (id, name, occurred_at, contact_id, account_id, actor_kind, actor_name, payload, epoch)
     select gen_random_uuid(), k.name, now() - $2 * interval '1 day' + k.later, c.id, c.account_id, 'system', 'bench',
            json_build_object('order_id', o.id, 'number', 'B' || n, 'amount', 1000, 'currency', 'EUR', 'base_amount', 1000, 'lines', 1), (select epoch from timeline_state)
       from (select n, gen_random_uuid() as id from generate_series(1, $1::int / 2) n) o
       join bench_customers c on c.i = n % (select count(*) from bench_customers)
      cross join (values ('order.placed', interval '-1 hour'), ('order.paid', interval '0')) k(name, later)`,
    [facts, daysAgo],
  );
}

async function drain(house: House, consumer: Consumer): Promise<Cost> {
  let facts = 0;
  const cost = await costOf(house.database, async () => (facts = await consumeAll(house.ctx, consumer)));
  const per = Math.max(facts, 1);
  return { wall: cost.wall / per, cpu: cost.cpu === null ? null : cost.cpu / per };
}

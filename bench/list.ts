import type { House } from "./house.ts";
import { compare, type Figure } from "./measure.ts";

const columns = "t.id, t.version, t.name, t.email, t.account_id, t.lifecycle_stage, t.paid_total, t.order_count, t.country, t.created_at";

/** 50 contacts, account joined, through HTTP with permissions; against the same rows as JSON through pg. */
export async function listFigures(house: House): Promise<Figure[]> {
  const client = await house.database.client(house.ctx.workspace.schema);
  const fields = "name,email,account_id,lifecycle_stage,paid_total,order_count,country";
  const bare = (where: string, name: string) => (value: unknown[]) =>
    client.query({
      name,
      text: `select json_agg(row_to_json(x)) as items from (select ${columns}, a.name as account from (
               select * from contacts t where deleted_at is null ${where} order by created_at desc, id desc limit 51) t left join accounts a on a.id = t.account_id) x`,
      values: value,
    });
  const sorted = bare("", "bench_sorted");
  const filtered = bare("and lifecycle_stage = $1 and paid_total >= $2", "bench_filtered");
  const filter = encodeURIComponent(JSON.stringify({ all: [{ field: "lifecycle_stage", op: "is", value: "active" }, { field: "paid_total", op: "gte", value: 1000 }] }));
  const against = "the same rows as JSON through pg, in a loop";
  try {
    return [
      await compare({ figure: "list, sorted", against, reach: 1.6 }, () => house.get(`/contacts?limit=50&sort=-created_at&fields=${fields}&count=none`), () => sorted([])),
      await compare({ figure: "list, filtered", against, reach: 1.6 }, () => house.get(`/contacts?limit=50&sort=-created_at&fields=${fields}&count=none&filter=${filter}`), () => filtered(["active", 1000])),
    ];
  } finally {
    client.release();
  }
}

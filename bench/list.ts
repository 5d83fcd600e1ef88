import { customIndexes, customSortKey, foldSql } from "../src/records/condition/index.ts";
import { staffId } from "./generate.ts";
import type { House } from "./house.ts";
import { compare, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

const fields = "name,email,account_id,lifecycle_stage,paid_total,order_count,country";
// What our page of these fields holds, written by hand.
const columns = `t.id, t.version, t.created_at, t.updated_at, t.deleted_at, t.custom, t.name, t.email, t.account_id, t.lifecycle_stage, t.paid_total, t.order_count, t.country,
  case when a.id is not null then json_build_object('id', a.id, 'title', a.name) end as account`;
const against = "the same page as JSON through pg, in a loop";
const list = (more: Record<string, string>): string =>
  `/contacts?${new URLSearchParams({ limit: "50", fields, count: "none", ...more })}`;

/** 50 contacts, account joined, through HTTP with permissions; against the same rows as JSON through pg. */
export async function listFigures(house: House, scale: Scale): Promise<Figure[]> {
  const client = await house.database.client(house.ctx.workspace.schema);
  const bare =
    (name: string, where: string, order: string) =>
    (values: unknown[]): Promise<unknown> =>
      client.query({
        name,
        text: `select json_agg(row_to_json(x))::text as items from (select ${columns} from (
                 select * from contacts t where deleted_at is null ${where} order by ${order} limit 51) t left join accounts a on a.id = t.account_id) x`,
        values,
      });
  const newest = "created_at desc, id desc";
  const sorted = bare("bench_sorted", "", newest);
  const own = bare("bench_own", "and owner_id = $1", newest);
  const filtered = bare("bench_filtered", "and lifecycle_stage = $1 and paid_total >= $2", newest);
  const deep = bare("bench_deep", `and (name collate "und-x-icu", id) > ($1, $2)`, `name collate "und-x-icu", id`);
  const byPaid = bare("bench_paid", "and (paid_total, id) > ($1, $2)", "paid_total, id");
  const filter = JSON.stringify({
    all: [
      { field: "lifecycle_stage", op: "is", value: "active" },
      { field: "paid_total", op: "gte", value: 1000 },
    ],
  });
  const name = (figure: string) => ({ figure, against, reach: 1.6 });
  try {
    const named = await halfway(house, "name", `name collate "und-x-icu"`);
    const paid = await halfway(house, "paid_total", "paid_total");
    return [
      await compare(
        house.database,
        name("list, sorted"),
        () => house.get(list({ sort: "-created_at" })),
        () => sorted([]),
        scale,
      ),
      await compare(
        house.database,
        name("list, sorted, by one who sees only their own"),
        () => house.getOwn(list({ sort: "-created_at" })),
        () => own([staffId(0)]),
        scale,
      ),
      await compare(
        house.database,
        name("list, filtered"),
        () => house.get(list({ sort: "-created_at", filter })),
        () => filtered(["active", 1000]),
        scale,
      ),
      await compare(
        house.database,
        name("list, deep page by name"),
        () => house.get(list({ sort: "name", cursor: cursorAt(named) })),
        () => deep(named),
        scale,
      ),
      await compare(
        house.database,
        name("list, deep page by amount"),
        () => house.get(list({ sort: "paid_total", cursor: cursorAt(paid) })),
        () => byPaid(paid),
        scale,
      ),
      ...(await customFigures(house, scale, paid)),
    ];
  } finally {
    client.release();
  }
}

/** The value and id of the record in the middle of the list. */
async function halfway(house: House, column: string, order: string): Promise<[string, string]> {
  const { rows } = await house.rows<{ value: string; id: string }>(
    `select ${column}::text as value, id from contacts where deleted_at is null order by ${order}, id offset (select count(*) / 2 from contacts) limit 1`,
  );
  return [rows[0]!.value, rows[0]!.id];
}
const cursorAt = (place: [string, string]): string => Buffer.from(JSON.stringify(place)).toString("base64url");

// As an administrator's field marked fast is, once its index stands.
const define = `with d as (update custom_definitions set version = version + 1)
  insert into custom_fields (id, object, key, label, type, position, fast, created_at, updated_at)
  values (gen_random_uuid(), 'contact', 'points', 'Bench points', 'number', 1, 'ready', now(), now())`;

const points = { name: "custom.points", label: "Points", type: "number" } as const;

/**
 * The generated points and towns pick the same contacts: i % 1000 in (n, n + 500) and i % 500 = n. Sorted, a page from the middle of the
 * points against one from the middle of the amounts.
 */
async function customFigures(house: House, scale: Scale, paid: [string, string]): Promise<Figure[]> {
  const page = (filter: unknown): string => list({ sort: "-created_at", filter: JSON.stringify(filter) });
  await house.rows(`create index if not exists bench_points on contacts (${customIndexes(points)[0]!.on})`);
  await house.rows(define);
  // Another process is told within a second.
  await new Promise((told) => setTimeout(told, 1_100));
  await house.rows(`create index if not exists bench_city on contacts ((${foldSql("city")}))`);
  await house.rows("analyze contacts");
  const sorted = (sort: string, place: [string, string]) => house.get(list({ sort, cursor: cursorAt(place) }));
  try {
    const { key } = customSortKey("contacts", points)!;
    const many = await halfway(house, key, key);
    const bySorting = await compare(
      house.database,
      { figure: "list, sorted by a fast custom field", against: "the same sorted by a typed column with an index", reach: 1.5 },
      () => sorted("custom.points", many),
      () => sorted("paid_total", paid),
      scale,
    ); // prettier-ignore
    const byFiltering = await compare(
      house.database,
      {
        figure: "list, filtered by a fast custom field",
        against: "the same filtered by a typed column with an index",
        reach: 1.5,
      },
      (i) =>
        house.get(page({ field: "custom.points", op: "in", value: [Math.abs(i) % 500, (Math.abs(i) % 500) + 500] })),
      (i) => house.get(page({ field: "city", op: "is", value: `Town ${Math.abs(i) % 500}` })),
      scale,
    );
    return [byFiltering, bySorting];
  } finally {
    await house.rows("drop index bench_points, bench_city");
    await house.rows("delete from custom_fields where label = 'Bench points'");
    await house.rows("update custom_definitions set version = version + 1");
  }
}

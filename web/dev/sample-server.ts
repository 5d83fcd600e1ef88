import type { Condition, FieldLeaf } from "#kernel/condition";
import { sendThrough } from "../kit/client.ts";
import { textOfValue } from "../kit/text.ts";
import type { Rec } from "../records/record.ts";

const given = ["Ana", "Bo", "Cleo", "Emil", "Ines", "Lena", "Marek", "Priya", "Sofia", "Yuki", "Noah", "Zoë"];
const family = ["Ruiz", "Lind", "Okafor", "Kim", "Haddad", "Kaya", "Patel", "Ortiz", "Tanaka", "Meyer"];
const houses = ["Vertex", "Umbra", "Initech", "Osprey", "Lumen", "Bluefin", "Cedar & Co"];
const stages = ["identified", "lead", "opportunity", "customer", "active", "loyal", "at_risk", "lapsed"];
const countries = ["DE", "FR", "ES", "GB", "US", "JP"];
/** Rows of the sample: ?rows= in the address at the start, for measuring long lists. */
const asked = Number(new URLSearchParams(location.search).get("rows"));
const size = asked >= 1 && asked <= 200_000 ? Math.floor(asked) : 12_000;

const pick = <T>(from: readonly T[], i: number): T => from[i % from.length] as T;
const day = (i: number): string => new Date(Date.UTC(2026, 10, 22) - i * 86_400_000).toISOString();

const contact = (i: number): Rec => {
  const name = `${pick(given, i * 7)} ${pick(family, i * 3)}`;
  const house = `${pick(houses, i * 5)} ${(i * 37) % 90}`;
  return {
    id: `c${i}`, version: 1, name, email: `${name.toLowerCase().normalize("NFD").replace(/[^a-z ]/g, "").replace(" ", ".")}@${house.split(" ")[0]?.toLowerCase()}.example`,
    phone: null, account_id: `a${i % 90}`, account: { id: `a${i % 90}`, title: house }, lifecycle_stage: pick(stages, i * 11), paid: (i * 7919) % 990_000, orders: (i * 13) % 40,
    last_order_on: day((i * 17) % 400).slice(0, 10), country: pick(countries, i), newsletter: i % 3 === 0, website: null, about: null, created_at: day(i % 700), updated_at: day(i % 30),
  };
}; // prettier-ignore

let rows: Rec[] = [];
const contacts = (): Rec[] => (rows.length > 0 ? rows : (rows = Array.from({ length: size }, (_, i) => contact(i))));

const holds = (row: Rec, leaf: FieldLeaf): boolean => {
  const has = row[leaf.field];
  const { value } = leaf;
  if (leaf.op === "in" && Array.isArray(value)) return value.some((one) => one === has);
  if (leaf.op === "gte") return typeof has === "number" && typeof value === "number" && has >= value;
  if (leaf.op === "contains") return String(has).toLowerCase().includes(textOfValue(value).toLowerCase());
  return has === value;
};
const fits = (row: Rec, node: Condition): boolean =>
  "all" in node
    ? node.all.every((part) => fits(row, part))
    : "any" in node
      ? node.any.some((part) => fits(row, part))
      : "field" in node
        ? holds(row, node)
        : true;

const compare = (sort: string) => (a: Rec, b: Rec): number => {
  const name = sort.replace(/^-/, "");
  const [x, y] = [a[name], b[name]];
  const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
  return sort.startsWith("-") ? -order : order;
}; // prettier-ignore

// The last list, since its windows are asked for one after the other: sorting 100,000 rows for each would be measured too.
let last: { name: string; of: Rec[]; sorted: Rec[] } | undefined;

const sortedBy = (filter: string | null, q: string | undefined, sort: string): Rec[] => {
  const name = JSON.stringify([filter, q, sort]);
  if (last?.name === name && last.of === contacts()) return last.sorted;
  const condition: Condition | null = JSON.parse(filter ?? "null");
  const found = contacts().filter(
    (row) => (!condition || fits(row, condition)) && (!q || String(row["name"]).toLowerCase().includes(q)),
  );
  last = { name, of: contacts(), sorted: found.toSorted(compare(sort)) };
  return last.sorted;
};

const list = (query: URLSearchParams) => {
  const sorted = sortedBy(query.get("filter"), query.get("q")?.toLowerCase(), query.get("sort") ?? "-created_at");
  const from = Number(query.get("cursor") ?? 0);
  const limit = Number(query.get("limit") ?? 50);
  const items = sorted.slice(from, from + limit);
  return {
    items,
    next: from + limit < sorted.length ? String(from + limit) : null,
    total: { count: Math.min(10_000, sorted.length), exact: sorted.length <= 10_000 },
  };
};

const jobs = { items: [{ id: "j1", kind: "import", title: "online-retail.csv", state: "running", done: 318_204, total: 541_909, failed: 12, reason: null }, { id: "j2", kind: "import", title: "products.xlsx", state: "done", done: 512, total: 512, failed: 0, reason: null }] }; // prettier-ignore

const answer = (url: URL, method: string, body: unknown): unknown => {
  const [, , , plural, id] = url.pathname.split("/");
  if (plural === "jobs") return jobs;
  if (plural === "search") return { items: contacts().filter((row) => String(row["name"]).toLowerCase().includes(url.searchParams.get("q")?.toLowerCase() ?? "")).slice(0, 6).map((row) => ({ object: "contact", id: row.id, title: row["name"], subtitle: row["email"] })) }; // prettier-ignore
  if (method === "GET") return id ? contacts().find((row) => row.id === id) : list(url.searchParams);
  if (method === "DELETE") return void (rows = contacts().filter((row) => row.id !== id));
  if (method === "PATCH") {
    rows = contacts().map((row) =>
      row.id === id ? { ...row, ...(body as object), version: (row.version ?? 0) + 1 } : row,
    );
    return rows.find((row) => row.id === id);
  }
  const added = { ...contact(0), ...(body as object), id: `new${rows.length}`, created_at: new Date().toISOString() };
  rows = [added, ...contacts()];
  return added;
};

// A network's pause, ms; none in a list that is measured.
const pause = asked ? 0 : 40;

/** Answers the kit page's requests from its own sample company, after a pause like a network's. */
export const serveSample = (): void =>
  sendThrough(async (path, init) => {
    await new Promise((wake) => setTimeout(wake, pause));
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const told = answer(new URL(path, location.origin), init.method ?? "GET", body);
    return new Response(told === undefined ? null : JSON.stringify(told), {
      status: told === undefined ? 204 : 200,
      headers: { "content-type": "application/json" },
    });
  });

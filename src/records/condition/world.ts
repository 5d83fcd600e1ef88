import fc from "fast-check";
import {
  fieldOps,
  leafProblem,
  type Condition,
  type ConditionFieldType,
  type FactLeaf,
  type FieldLeaf,
  type LastLeaf,
  type QuietLeaf,
  type RelatedLeaf,
} from "#kernel/condition";
import { shift, type Span } from "#kernel/period";
import { describeObject, type ObjectDescription } from "../object.ts";
import { registerConsents } from "./consent.ts";
import { registerMembership } from "./membership.ts";

/*
 * A small invented world, for the property that both evaluators agree: people of firms with deals, full of nulls, odd letters, boundaries to the millisecond.
 */
const person = describeObject({
  name: "person", plural: "people", label: "Person", label_plural: "People", table: "test_people", title: "name", search: [], default_sort: "name",
  creatable: true, custom: true, facts_by: "contact_id", page: false,
  fields: [
    { name: "name", label: "Name", type: "text" }, { name: "lane", label: "Lane", type: "choice", choices: [{ value: "Fast", label: "Fast" }, { value: "slow", label: "Slow" }] },
    { name: "country", label: "Country", type: "country" }, { name: "firm_id", label: "Firm", type: "relation", to: "firm" }, { name: "owner_id", label: "Owner", type: "user" },
    { name: "score", label: "Score", type: "number" }, { name: "visits", label: "Visits", type: "integer" }, { name: "paid", label: "Paid", type: "money" },
    { name: "subscribed", label: "Subscribed", type: "boolean" }, { name: "born", label: "Born", type: "date" }, { name: "seen_at", label: "Seen", type: "datetime" },
    { name: "custom.rank", label: "Rank", type: "number" }, { name: "custom.day", label: "Day", type: "date" }, { name: "custom.at", label: "At", type: "datetime" },
    { name: "custom.note", label: "Note", type: "text" }, { name: "custom.on", label: "On", type: "boolean" }, { name: "custom.club", label: "Club", type: "relation", to: "firm" },
    { name: "custom.tags", label: "Tags", type: "choices", choices: [{ value: "Red", label: "Red" }, { value: "blue", label: "Blue" }] },
    { name: "custom.place", label: "Place", type: "address" },
  ],
  related: [{ name: "deals", label: "Deals", object: "deal", by: "person_id" }],
}); // prettier-ignore
const firm = describeObject({
  name: "firm", plural: "firms", label: "Firm", label_plural: "Firms", table: "test_firms", title: "name", search: [], default_sort: "name",
  creatable: true, custom: true, facts_by: "account_id", page: false,
  fields: [
    { name: "name", label: "Name", type: "text" }, { name: "size", label: "Size", type: "integer" },
    { name: "founded", label: "Founded", type: "date" }, { name: "joined_at", label: "Joined", type: "datetime" },
  ],
  related: [{ name: "people", label: "People", object: "person", by: "firm_id" }, { name: "members", label: "Members", object: "person", by: "custom.club" }],
}); // prettier-ignore
const deal = describeObject({
  name: "deal", plural: "deals", label: "Deal", label_plural: "Deals", table: "test_deals", title: "state", search: [], default_sort: "state",
  creatable: true, custom: false, page: false,
  fields: [
    { name: "person_id", label: "Person", type: "relation", to: "person" }, { name: "state", label: "State", type: "text" },
    { name: "amount", label: "Amount", type: "money" }, { name: "closed_at", label: "Closed", type: "datetime" },
  ],
  related: [],
}); // prettier-ignore
registerMembership("person", { table: "test_members", subject: "person_id", segment: "segment_id" });
export const purposes = ["newsletter", "surveys"];
registerConsents("person", { table: "test_consents", subject: "person_id", purposes });
const objects: Record<string, ObjectDescription> = { person, firm, deal };
/** The invented objects by name. */
export const objectNamed = (name: string): ObjectDescription => objects[name]!;

/** The tables of the invented objects; facts are the real table. */
export const tables = `
  create table test_firms (id uuid primary key, name text, size int, founded date, joined_at timestamptz, custom jsonb not null default '{}', deleted_at timestamptz);
  create table test_people (id uuid primary key, name text, lane text, country text, firm_id uuid, owner_id uuid, score real, visits int, paid bigint,
    subscribed boolean, born date, seen_at timestamptz, custom jsonb not null default '{}', deleted_at timestamptz);
  create table test_members (person_id uuid, segment_id uuid, primary key (segment_id, person_id));
  create table test_consents (person_id uuid, channel text, purpose text, status text, primary key (person_id, channel, purpose));
  create table test_deals (id uuid primary key, person_id uuid, state text, amount bigint, closed_at timestamptz, deleted_at timestamptz)`;

const fieldTypes: Record<string, Record<string, ConditionFieldType>> = {
  person: {
    id: "relation", name: "text", lane: "choice", country: "country", firm_id: "relation", owner_id: "user", score: "number", visits: "integer", paid: "money",
    subscribed: "boolean", born: "date", seen_at: "datetime", "custom.tier": "any", "custom.deep.x": "any",
    "firm.name": "text", "firm.size": "integer", "firm.founded": "date", "firm.joined_at": "datetime", "firm.custom.tier": "any",
    "custom.rank": "number", "custom.day": "date", "custom.at": "datetime", "custom.note": "text", "custom.on": "boolean", "custom.club": "relation", "custom.club.name": "text",
    "custom.tags": "choices", "custom.place": "address", "custom.place.city": "any",
  },
  firm: { name: "text", size: "integer", founded: "date", joined_at: "datetime", "custom.tier": "any" },
  deal: { state: "text", amount: "money", closed_at: "datetime", "person.name": "text", "person.firm.size": "integer" },
}; // prettier-ignore
const timeFields: Record<string, string[]> = {
  person: ["seen_at", "born", "firm.joined_at", "custom.tier", "custom.day", "custom.at"],
  firm: ["joined_at", "founded", "custom.tier"],
  deal: [],
};

export const factNames = ["order.placed", "case.opened"];
const ids = Array.from({ length: 8 }, (_, i) => `01900000-0000-7000-8000-00000000000${i}`);
const letters = [
  "a",
  "A",
  "b",
  "é",
  "É",
  "e\u0301",
  "İ",
  "I",
  "ı",
  "i",
  "ß",
  "ẞ",
  "Σ",
  "ς",
  "σ",
  "Ǆ",
  "Ж",
  "ж",
  "ﬁ",
  "😀",
  "%",
  "_",
  "\\",
  "'",
  '"',
  " ",
  ".",
];
const text = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 3 }).map((l) => l.join(""));
const number = fc.constantFrom(-2, -0.5, 0, 0.1, 0.3, 1, 2, 3, 1000, 1e15, 2 ** 31);
const span: fc.Arbitrary<Span> = fc.record({
  n: fc.constantFrom(1, 2, 3, 11),
  unit: fc.constantFrom("minute", "hour", "day", "week", "month", "year"),
});

/** Random values around `now`: instants lie within a millisecond of where spans begin and end. */
export function arbitraries(now: Date) {
  const instant = fc
    .tuple(fc.option(span), fc.constantFrom<1 | -1>(1, -1), fc.constantFrom(-86_400_000, -1, 0, 1, 86_400_000))
    .map(([by, times, ms]) => new Date((by ? shift(now, by, times) : now).getTime() + ms));
  const day = instant.map((d) => d.toISOString().slice(0, 10));
  const iso = instant.map((d) => d.toISOString());
  const json = fc.oneof(
    text,
    number,
    fc.boolean(),
    day,
    iso,
    fc.constantFrom(null, "", "2023-02-29", "2023-01-01T24:00:00Z", [1], { x: 1 }),
  );
  const scalar = fc.oneof(text, number, fc.boolean(), day, iso);
  const valueOf: Record<ConditionFieldType, fc.Arbitrary<string | number | boolean>> = {
    text, long_text: text, email: text, phone: text, url: text, number, integer: number, money: number, boolean: fc.boolean(), date: day,
    datetime: fc.oneof(day, iso), choice: fc.constantFrom("fast", "FAST", "Slow", "s", "other"), relation: fc.constantFrom(...ids), user: fc.constantFrom(...ids),
    country: fc.constantFrom("DE", "de", "d", "FR"), currency: text, any: scalar,
    choices: fc.constantFrom("Red", "red", "BLUE", "re"), relations: fc.constantFrom(...ids), address: text, file: fc.constantFrom(...ids),
  }; // prettier-ignore

  const leafOf = (path: string, type: ConditionFieldType): fc.Arbitrary<FieldLeaf> =>
    fc
      .constantFrom(...fieldOps.filter((op) => !leafProblem({ field: path, op }, type)?.startsWith("A ")))
      .chain((op): fc.Arbitrary<FieldLeaf> => {
        if (op === "is_empty" || op === "is_set") return fc.constant({ field: path, op });
        if (op === "within_last" || op === "older_than" || op === "within_next")
          return span.map((value) => ({ field: path, op, value }));
        const value = valueOf[type];
        if (op === "between") return fc.tuple(value, value).map((pair) => ({ field: path, op, value: pair }));
        return (op === "in" || op === "not_in" ? fc.array(value, { minLength: 1, maxLength: 3 }) : value).map((v) => ({
          field: path,
          op,
          value: v,
        }));
      })
      .filter((leaf) => leafProblem(leaf, type) === undefined);

  const times = fc.option(
    fc.record({ op: fc.constantFrom("at_least", "at_most", "exactly"), n: fc.constantFrom(0, 1, 2, 3) }),
    { nil: undefined },
  );
  const payloadLeaf = fc.constantFrom("amount", "product.sku", "at", "note").chain((path) => leafOf(path, "any"));
  const tree = (leaf: fc.Arbitrary<Condition>, depth: number): fc.Arbitrary<Condition> => {
    if (depth === 0) return leaf;
    const below = tree(leaf, depth - 1);
    const list = fc.array(below, { maxLength: 3 });
    return fc.oneof({ weight: 4, arbitrary: leaf }, list.map((all) => ({ all })), list.map((any) => ({ any })), below.map((not) => ({ not }))); // prettier-ignore
  };
  const where = fc.option(tree(payloadLeaf, 1), { nil: undefined });

  function condition(object: string, depth: number): fc.Arbitrary<Condition> {
    const since = timeFields[object]!;
    const window: fc.Arbitrary<FactLeaf["within"]> = fc.oneof(
      fc.constant(undefined),
      span.map((last) => ({ last })),
      ...(since.length > 0 ? [fc.constantFrom(...since).map((since_field) => ({ since_field }))] : []),
      fc
        .tuple(fc.option(iso, { nil: undefined }), fc.option(iso, { nil: undefined }))
        .map(([from, until]) => ({ from, until })),
    );
    const fields = Object.entries(fieldTypes[object]!);
    const field = fc.constantFrom(...fields).chain(([path, type]) => leafOf(path, type));
    const fact: fc.Arbitrary<FactLeaf> = fc.record({
      fact: fc.constantFrom(...factNames),
      times,
      within: window,
      where,
    });
    const last: fc.Arbitrary<LastLeaf> = fc.record({
      last: fc.constantFrom(...factNames),
      where: tree(payloadLeaf, 1),
    });
    const quiet: fc.Arbitrary<QuietLeaf> = fc.record({
      quiet: fc.constantFrom(...factNames), factor: fc.constantFrom(0.3, 1, 1.5, 2), usual_gap_days: fc.constantFrom(0.5, 1, 30), at_least_days: fc.constantFrom(undefined, 0, 7),
    }); // prettier-ignore
    const sample = fc.record({ percent: fc.constantFrom(0, 12.5, 50, 100), salt: text }).map((s) => ({ sample: s }));
    const leaves: fc.Arbitrary<Condition>[] = [field, field, field];
    if (objects[object]!.facts_by) leaves.push(fact, fact, last, quiet);
    leaves.push(sample);
    if (object === "person") leaves.push(fc.record({ segment: fc.constantFrom(...ids.slice(0, 3)), is: fc.boolean() }));
    if (object === "person") leaves.push(fc.record({ consent: fc.constantFrom(...purposes), is: fc.boolean() }));
    for (const r of depth > 0 ? objects[object]!.related : []) {
      const has: fc.Arbitrary<RelatedLeaf["has"]> = times.chain((t) =>
        fc.constantFrom<RelatedLeaf["has"]>("some", "none", t ?? "some"),
      );
      leaves.push(
        fc.record({
          related: fc.constant(r.name),
          has,
          where: fc.option(condition(r.object, depth - 1), { nil: undefined }),
        }),
      );
    }
    return tree(fc.oneof(...leaves), depth);
  }

  const or = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4, nil: null });
  const trashed = fc.option(fc.constant(now), { freq: 5, nil: null }).map((d) => d && d.toISOString());
  // Microseconds below the boundary's millisecond: what the database keeps and JavaScript does not.
  const micro = fc.tuple(iso, fc.constantFrom("000", "001", "999")).map(([t, us]) => t.replace("Z", `${us}Z`));
  const stored = fc.oneof(text, fc.constant(""));
  const custom = fc.record(
    { tier: json, deep: fc.oneof(fc.record({ x: json }), fc.constant([{ x: 1 }])) },
    { requiredKeys: [] },
  );
  // As the definitions of the fields let them be written.
  const described = fc.record(
    {
      rank: number, day, at: iso, note: text, on: fc.boolean(), club: fc.constantFrom(...ids), tags: fc.subarray(["Red", "blue"], { minLength: 1 }), place: fc.record({ city: text }),
    },
    { requiredKeys: [] },
  ); // prettier-ignore
  return {
    condition,
    firm: fc.record({
      name: or(stored),
      size: or(fc.constantFrom(0, 1, 2, 3, 1000)),
      founded: or(day),
      joined_at: or(micro),
      custom,
      deleted_at: trashed,
    }),
    person: fc.record({
      name: or(stored), lane: or(fc.constantFrom("Fast", "slow")), country: or(fc.constantFrom("DE", "FR")), firm_id: or(fc.constantFrom(...ids)), owner_id: or(fc.constantFrom(...ids)),
      score: or(fc.constantFrom(-2, -0.5, 0, 0.1, 0.3, 1000)), visits: or(fc.constantFrom(0, 1, 2, 3)), paid: or(fc.constantFrom(-2, 0, 1, 1e15, 2 ** 31)),
      subscribed: or(fc.boolean()), born: or(day), seen_at: or(micro), custom: fc.tuple(custom, described).map(([loose, strict]) => ({ ...loose, ...strict })), deleted_at: fc.constant(null),
    }), // prettier-ignore
    deal: fc.record({
      state: or(stored),
      amount: or(fc.constantFrom(0, 1, 2, 1000)),
      closed_at: or(micro),
      deleted_at: trashed,
    }),
    fact: fc.record({
      name: fc.constantFrom(...factNames), occurred_at: micro, withdrawn: fc.constantFrom(false, false, false, true),
      payload: fc.record({ amount: json, product: fc.oneof(fc.record({ sku: json }), json), at: json, note: json }, { requiredKeys: [] }),
    }), // prettier-ignore
    firmIds: ids.slice(0, 5),
    segmentIds: ids.slice(0, 3),
    consent: fc.record({ channel: fc.constantFrom("email", "phone"), purpose: fc.constantFrom(...purposes), status: fc.constantFrom("given", "pending", "withdrawn") }), // prettier-ignore
  };
}

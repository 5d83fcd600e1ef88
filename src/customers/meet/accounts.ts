import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Tx } from "#platform/context";
import { cleanText, cut } from "#records";
import type { FactInput } from "#timeline";
import { account, bareDomain } from "../account.ts";
import { phoneE164 } from "../phone.ts";
import { changedWords } from "../words.ts";
import type { Met } from "./contacts.ts";
import { earlier, fill, gathering } from "./gather.ts";
import { fillGroups, insertGroups, oneMeetingAtATime, tellMet, tieExternals, type Columns } from "./save.ts";

/** A company as a file or a shop tells of it. `key` is the caller's own name for it. */
export interface Company {
  key: string;
  name: string;
  external?: { system: string; id: string } | undefined;
  domain?: string | undefined;
  industry?: string | undefined;
  phone?: string | undefined;
  website?: string | undefined;
  country?: string | undefined;
  city?: string | undefined;
  is_vendor?: boolean | undefined;
  custom?: Record<string, unknown> | undefined;
  first_seen_at?: Date | undefined;
}

type Values = Record<
  "name" | "domain" | "industry" | "phone" | "phone_e164" | "website" | "country" | "city",
  string | null
> & { is_vendor: boolean | null; custom: Record<string, unknown> | null };

const columns: Columns = {
  name: "text", domain: "text", industry: "text", phone: "text", phone_e164: "text", website: "text", country: "text", city: "text",
}; // prettier-ignore

const short = (text: string | undefined, max: number): string | null =>
  (text && cut(cleanText(text).replace(/\s+/g, " "), max).trim()) || null;

function valuesOf(tx: Tx, c: Company): Values {
  return {
    name: short(c.name, 200),
    domain: c.domain ? bareDomain(c.domain) || null : null,
    industry: short(c.industry, 100),
    phone: short(c.phone, 60),
    phone_e164: phoneE164(c.phone, c.country, tx.workspace),
    website: short(c.website, 2000),
    country: short(c.country, 80),
    city: short(c.city, 200),
    is_vendor: c.is_vendor ?? null,
    custom: c.custom ?? null,
  };
}

interface Look {
  by_external: string | null;
  by_domain: string | null;
  by_name: string | null;
}

// A domain that is shared says nothing against the name; the name alone decides only among those without another external id there.
async function lookUp(tx: Tx, people: readonly { external: Company["external"]; values: Values }[]): Promise<Look[]> {
  const asked = people.map((p, n) => ({
    n,
    system: p.external?.system,
    external: p.external?.id,
    domain: p.values.domain,
    name: p.values.name?.toLowerCase(),
  }));
  const { rows } = await sql<Look>`
    select (select e.record_id from external_ids e join accounts a on a.id = e.record_id and a.deleted_at is null
             where e.object = 'account' and e.system = r.system and e.external_id = r.external) as by_external,
           (select a.id from accounts a where lower(a.domain) = r.domain and a.domain is not null and a.deleted_at is null order by a.created_at, a.id limit 1) as by_domain,
           (select a.id from accounts a where lower(a.name) = r.name and a.deleted_at is null
               and (r.system is null or not exists (select from external_ids e where e.record_id = a.id and e.object = 'account' and e.system = r.system and e.external_id <> r.external))
             order by a.created_at, a.id limit 1) as by_name
      from json_to_recordset(${JSON.stringify(asked)}::json) as r(n int, system text, external text, domain text, name text) order by r.n`.execute(
    tx.db,
  );
  return rows;
}

/**
 * Finds or makes the accounts of a batch (1,000 is a good size): by external id, else by domain, else by name. Fills only empty
 * fields of known ones. The same input twice changes nothing. Answers by the caller's key; one without a name is left out.
 */
export async function meetAccounts(
  tx: Tx,
  companies: readonly Company[],
  options: { source: string },
): Promise<Map<string, Met>> {
  if (companies.length === 0) return new Map();
  await oneMeetingAtATime(tx, "account");
  const asked = companies.map((c) => ({ company: c, external: c.external, values: valuesOf(tx, c) }));
  const looks = await lookUp(tx, asked);
  const all = gathering<Values>();
  for (const [i, { company, external, values }] of asked.entries()) {
    const look = looks[i]!;
    const known = look.by_external ?? look.by_domain ?? look.by_name;
    if (!values.name && !known) continue;
    const ext = external ? `ext ${external.system} ${external.id}` : null;
    const domain = values.domain ? `domain ${values.domain}` : null;
    const name = values.name ? `name ${values.name.toLowerCase()}` : null;
    let group = all.find([ext], look.by_external) ?? all.find([domain], known);
    if (!group && !look.by_external && !look.by_domain) {
      const same = all.find([name]);
      const other = external && same && [...same.externals.values()].some((e) => e.system === external.system && e.id !== external.id); // prettier-ignore
      if (!other) group = same;
    }
    group ??= all.open(known, { ...values });
    all.claim(ext, group);
    all.claim(domain, group);
    all.claim(name, group);
    fill(group.values, values);
    if (external) group.externals.set(`${external.system} ${external.id}`, external);
    group.keys.push(company.key);
    group.first_seen_at = earlier(group.first_seen_at, company.first_seen_at);
  }
  const fresh = all.groups.filter((g) => g.id === null);
  for (const group of fresh) group.id = newId();
  const row = (g: (typeof all.groups)[number]) => ({ ...g.values, id: g.id! });
  const made = await insertGroups(tx, "accounts", columns, options.source, fresh.map(row));
  await markVendors(tx, all.groups.filter((g) => g.values.is_vendor).map((g) => g.id!)); // prettier-ignore
  const filled = await fillGroups(tx, "accounts", columns, all.groups.filter((g) => !made.has(g.id!)).map(row));
  await tieExternals(tx, "account", all.groups);
  await tellMet(
    tx,
    "account",
    fresh.map((g) => ({ id: g.id!, fact: createdFact(g.id!, g.values.name!, options.source, g.first_seen_at) })),
    filled.map((f) => ({ ...f, fact: { name: "account.updated", account_id: f.id, payload: { fields: changedWords(account, f.changed) } } })), // prettier-ignore
  );
  const met = (g: (typeof all.groups)[number]): Met => ({ id: g.id!, account_id: g.id!, created: made.has(g.id!) });
  return new Map(all.groups.flatMap((g) => g.keys.map((key) => [key, met(g)] as const)));
}

const createdFact = (id: string, name: string, source: string, at: Date | null): FactInput => ({
  name: "account.created",
  account_id: id,
  payload: { name, source },
  ...(at ? { occurred_at: at } : {}),
});

async function markVendors(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update accounts set is_vendor = true, version = version + 1, updated_at = ${tx.clock()} where id = any(${ids}) and not is_vendor`.execute(
    tx.db,
  );
}

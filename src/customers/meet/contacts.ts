import { sql } from "kysely";
import { newId } from "#kernel/id";
import type { Ctx, Tx } from "#platform/context";
import { cleanText, cut } from "#records";
import type { FactInput } from "#timeline";
import { contact } from "../contact.ts";
import { completeName } from "../name.ts";
import { phoneE164 } from "../phone.ts";
import { changedWords } from "../words.ts";
import { meetAccounts } from "./accounts.ts";
import { earlier, fill, gathering, type Group } from "./gather.ts";
import { fillGroups, insertGroups, oneMeetingAtATime, tellMet, tieExternals, type Columns } from "./save.ts";

/*
 * Words we use
 *   person   somebody as a file, a shop or a form tells of them; may be known already
 *   meet     find them, or make them: afterwards they are a contact
 *
 * Who is who: the external id decides; else the e-mail, also one of a record that was merged into theirs; else the phone number, as long as nothing speaks against it (another
 * e-mail, another id in the same system); somebody with a name alone is who was met under that name alone before.
 */
export interface Person {
  key: string;
  external?: { system: string; id: string } | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  name?: string | undefined;
  given_name?: string | undefined;
  family_name?: string | undefined;
  job_title?: string | undefined;
  language?: string | undefined;
  country?: string | undefined;
  city?: string | undefined;
  account_name?: string | undefined;
  custom?: Record<string, unknown> | undefined;
  first_seen_at?: Date | undefined;
}

export interface Met {
  id: string;
  account_id: string | null;
  created: boolean;
}

const fields = {
  name: "text", given_name: "text", family_name: "text", email: "text", phone: "text", phone_e164: "text", job_title: "text",
  language: "text", country: "text", city: "text", account_id: "uuid",
} as const satisfies Columns; // prettier-ignore
const columns: Columns = fields;
type Values = Record<keyof typeof fields, string | null> & { custom: Record<string, unknown> | null };

const short = (text: string | undefined, max: number): string | null =>
  (text && cut(cleanText(text).replace(/\s+/g, " "), max).trim()) || null;

function emailOf(text: string | undefined): string | null {
  const email = short(text, 255)?.toLowerCase() ?? null;
  return email && email.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(email) ? email : null;
}

function valuesOf(tx: Tx, p: Person, accounts: Map<string, Met>): Values {
  const names = completeName({
    name: short(p.name, 200),
    given_name: short(p.given_name, 100),
    family_name: short(p.family_name, 100),
  });
  const accountName = short(p.account_name, 200);
  return {
    ...names,
    email: emailOf(p.email),
    phone: short(p.phone, 60),
    phone_e164: phoneE164(p.phone, p.country, tx.workspace),
    job_title: short(p.job_title, 200),
    language: short(p.language, 35),
    country: short(p.country, 80),
    city: short(p.city, 200),
    account_id: (accountName && accounts.get(accountName.toLowerCase())?.id) || null,
    custom: p.custom ?? null,
  };
}

interface Look {
  by_external: string | null;
  by_email: string | null;
  by_phone: string | null;
  by_name: string | null;
}

async function lookUp(
  tx: Tx | Ctx,
  people: readonly { external?: Person["external"]; values: Pick<Values, "email" | "phone_e164" | "name"> }[],
): Promise<Look[]> {
  const asked = people.map(({ external, values }, n) => ({
    n,
    system: external?.system,
    external: external?.id,
    email: values.email,
    phone: values.phone_e164,
    // A name is a clue only for those of whom nothing else is known.
    name: external || values.email || values.phone_e164 ? null : values.name?.toLowerCase(),
  }));
  const { rows } = await sql<Look>`
    select (select e.record_id from external_ids e join contacts c on c.id = e.record_id and c.deleted_at is null
             where e.object = 'contact' and e.system = r.system and e.external_id = r.external) as by_external,
           coalesce((select c.id from contacts c where lower(c.email) = r.email and c.email is not null and c.deleted_at is null),
                    (select c.id from merged_records m join contacts c on c.id = m.winner_id and c.deleted_at is null where m.email = r.email limit 1)) as by_email,
           (select c.id from contacts c where c.phone_e164 = r.phone and c.deleted_at is null and (r.email is null or c.email is null)
               and (r.system is null or not exists (select from external_ids e where e.record_id = c.id and e.object = 'contact' and e.system = r.system and e.external_id <> r.external))
             order by c.created_at, c.id limit 1) as by_phone,
           (select c.id from contacts c where lower(c.name) = r.name and c.email is null and c.phone_e164 is null and c.deleted_at is null
             order by c.created_at, c.id limit 1) as by_name
      from json_to_recordset(${JSON.stringify(asked)}::json) as r(n int, system text, external text, email text, phone text, name text) order by r.n`.execute(
    tx.db,
  );
  return rows;
}

/** Who somebody is: by external id, else e-mail, else phone number; null when unknown. Those in the trash are nobody. */
export async function identify(
  ctx: Ctx | Tx,
  who: Pick<Person, "external" | "email" | "phone" | "country">,
): Promise<string | null> {
  const values = {
    email: emailOf(who.email),
    phone_e164: phoneE164(who.phone, who.country, ctx.workspace),
    name: null,
  };
  const [look] = await lookUp(ctx, [{ external: who.external, values }]);
  return look?.by_external ?? look?.by_email ?? look?.by_phone ?? null;
}

/**
 * Finds or makes the contacts of a batch (1,000 is a good size) in a handful of statements. Fills only empty fields of known
 * ones. The same input twice changes nothing, and two imports at once meet nobody twice. Answers by the caller's key; somebody
 * of whom nothing at all is known is left out.
 */
export async function meetContacts(
  tx: Tx,
  people: readonly Person[],
  options: { source: string },
): Promise<Map<string, Met>> {
  if (people.length === 0) return new Map();
  const accounts = await meetTheirAccounts(tx, people, options.source);
  await oneMeetingAtATime(tx, "contact");
  const asked = people.map((person) => ({ person, external: person.external, values: valuesOf(tx, person, accounts) }));
  const groups = gather(asked, await lookUp(tx, asked));
  const fresh = groups.filter((g) => g.id === null);
  for (const group of fresh) Object.assign(group, { id: newId() });
  for (const group of fresh) group.values.name = nameFor(group);
  const made = await insertGroups(tx, "contacts", columns, options.source, fresh.map(rowOf));
  await meetTheOvertaken(tx, fresh.filter((g) => !made.has(g.id!))); // prettier-ignore
  const filled = await fillGroups(tx, "contacts", columns, groups.filter((g) => !made.has(g.id!)).map(rowOf)); // prettier-ignore
  await tieExternals(tx, "contact", groups);
  await tellMet(
    tx,
    "contact",
    groups.filter((g) => made.has(g.id!)).map((g) => ({ id: g.id!, fact: createdFact(g, options.source) })),
    filled.map((f) => ({ ...f, fact: { name: "contact.updated", contact_id: f.id, account_id: f.account_id, payload: { fields: changedWords(contact, f.changed) } } })), // prettier-ignore
  );
  return answer(tx, groups, made);
}

async function meetTheirAccounts(tx: Tx, people: readonly Person[], source: string): Promise<Map<string, Met>> {
  const named = new Map<string, { key: string; name: string; first_seen_at?: Date | undefined }>();
  for (const p of people) {
    const name = short(p.account_name, 200);
    if (!name) continue;
    const key = name.toLowerCase();
    const known = named.get(key);
    named.set(key, { key, name: known?.name ?? name, first_seen_at: earlier(known?.first_seen_at ?? null, p.first_seen_at) ?? undefined }); // prettier-ignore
  }
  return meetAccounts(tx, [...named.values()], { source });
}

type PersonGroup = Group<Values>;
const rowOf = (g: PersonGroup) => ({ ...g.values, id: g.id! });

function gather(
  asked: readonly { person: Person; external: Person["external"]; values: Values }[],
  looks: readonly Look[],
): PersonGroup[] {
  const all = gathering<Values>();
  for (const [i, { person, external, values }] of asked.entries()) {
    const look = looks[i]!;
    if (!external && !values.email && !values.phone && !values.name) continue;
    const ext = external ? `ext ${external.system} ${external.id}` : null;
    const mail = values.email ? `mail ${values.email}` : null;
    const phone = values.phone_e164 ? `phone ${values.phone_e164}` : null;
    const nameOnly = !ext && !mail && !phone && values.name ? `name ${values.name.toLowerCase()}` : null;
    const known = look.by_external ?? look.by_email ?? look.by_phone ?? look.by_name;
    let group = all.find([ext], look.by_external);
    if (!group && !look.by_external) group = all.find([mail], look.by_email);
    if (!group && !look.by_external && !look.by_email) {
      const same = all.find([phone], look.by_phone);
      if (same && fits(same, values, external)) group = same;
      group ??= all.find([nameOnly], look.by_name);
    }
    group ??= all.open(all.find([], known) ? null : known, { ...values });
    all.claim(ext, group);
    // An e-mail that belongs to somebody else is not taken over: it would break that person's record.
    const foreign =
      (mail !== null && !all.claim(mail, group)) || (look.by_email !== null && look.by_email !== group.id);
    all.claim(phone, group);
    all.claim(nameOnly, group);
    if (foreign && group.values.email === values.email) group.values.email = null;
    fill(group.values, foreign ? { ...values, email: null } : values);
    if (external) group.externals.set(`${external.system} ${external.id}`, external);
    group.keys.push(person.key);
    group.first_seen_at = earlier(group.first_seen_at, person.first_seen_at);
  }
  return all.groups;
}

const fits = (group: PersonGroup, values: Values, external: Person["external"]): boolean =>
  (!group.values.email || !values.email || group.values.email === values.email) &&
  ![...group.externals.values()].some((e) => external && e.system === external.system && e.id !== external.id);

function nameFor({ values, externals }: PersonGroup): string {
  const [external] = externals.values();
  return values.name ?? values.email ?? values.phone ?? `Customer ${external?.id ?? ""}`.slice(0, 200);
}

// Their e-mail was given to a contact between our look and our insert: that contact is who they are.
async function meetTheOvertaken(tx: Tx, overtaken: readonly PersonGroup[]): Promise<void> {
  if (overtaken.length === 0) return;
  const looks = await lookUp(tx, overtaken);
  for (const [i, group] of overtaken.entries()) Object.assign(group, { id: looks[i]!.by_email });
}

const createdFact = (group: PersonGroup, source: string): FactInput => ({
  name: "contact.created",
  contact_id: group.id!,
  account_id: group.values.account_id,
  payload: { name: group.values.name!, source },
  ...(group.first_seen_at ? { occurred_at: group.first_seen_at } : {}),
});

async function answer(tx: Tx, groups: readonly PersonGroup[], made: ReadonlySet<string>): Promise<Map<string, Met>> {
  const known = groups.flatMap((g) => (made.has(g.id!) ? [] : [g.id!]));
  const { rows } = await sql<{ id: string; account_id: string | null }>`select id, account_id from contacts where id = any(${known})`.execute(tx.db); // prettier-ignore
  const accountOf = new Map(rows.map((r) => [r.id, r.account_id]));
  const met = (g: PersonGroup): Met => ({
    id: g.id!,
    account_id: made.has(g.id!) ? g.values.account_id : (accountOf.get(g.id!) ?? null),
    created: made.has(g.id!),
  });
  return new Map(groups.flatMap((g) => g.keys.map((key) => [key, met(g)] as const)));
}

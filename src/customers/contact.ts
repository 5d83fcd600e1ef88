import { sql } from "kysely";
import { invalid, Refused } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { describeObject, registerRecordType, withinReach, type RecordType, type Row, type Values } from "#records";
import { bandFields } from "./bands/band.ts";
import { derivedFields } from "./derived.ts";
import { completeName, joinName } from "./name.ts";
import { phoneE164 } from "./phone.ts";
import { changedWords, textOf } from "./words.ts";

export const contact = describeObject({
  name: "contact",
  plural: "contacts",
  label: "Contact",
  label_plural: "Contacts",
  table: "contacts",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", sortable: true, shown: true },
    { name: "given_name", label: "Given name", type: "text", max: 100 },
    { name: "family_name", label: "Family name", type: "text", max: 100 },
    { name: "account_id", label: "Account", type: "relation", to: "account", shown: true },
    { name: "email", label: "E-mail", type: "email", shown: true },
    { name: "phone", label: "Phone", type: "phone", max: 60 },
    { name: "job_title", label: "Job title", type: "text" },
    ...derivedFields,
    ...bandFields,
    { name: "owner_id", label: "Owner", type: "user", shown: true },
    { name: "country", label: "Country", type: "country", shown: true },
    { name: "city", label: "City", type: "text" },
    { name: "language", label: "Language", type: "text", max: 35 },
    { name: "source", label: "Source", type: "text", help: "Where they came from: the shop, a fair, a friend." },
  ],
  related: [
    { name: "orders", label: "Orders", object: "order", by: "contact_id" },
    { name: "returns", label: "Returns", object: "return", by: "contact_id" },
  ],
  search: ["name", "email", "phone_e164"],
  default_sort: "-created_at",
  facts_by: "contact_id",
  creatable: true,
  custom: true,
});

/** A contact together with its rules: a name, one e-mail per person, phones in one form. */
export const contactType: RecordType = registerRecordType({
  object: contact,
  async prepare(tx, values, before) {
    const named = { ...values, ...namesOf(values, before) };
    if (typeof named.email === "string") {
      named.email = named.email.toLowerCase();
      await refuseTakenEmail(tx, String(named.email), before?.id);
    }
    if ("phone" in named || "country" in named) named.phone_e164 = phoneOf(tx, named, before);
    if (named.source === null) named.source = "by hand";
    return named;
  },
  tell(act, row, changed) {
    const about = { contact_id: row.id, account_id: textOf(row.account_id) };
    const name = String(row.name);
    if (act === "created") return { ...about, name: "contact.created", payload: { name, source: String(row.source) } };
    if (act === "updated")
      return { ...about, name: "contact.updated", payload: { fields: changedWords(contact, changed) } };
    return { ...about, name: act === "trashed" ? "contact.trashed" : "contact.restored", payload: { name } };
  },
});

const merged = (values: Values, before: Row | null, field: string): string | null =>
  textOf(field in values ? values[field] : before?.[field]);

function namesOf(values: Values, before: Row | null): Values {
  if (!before) {
    const whole = completeName({
      name: textOf(values.name),
      given_name: textOf(values.given_name),
      family_name: textOf(values.family_name),
    });
    const name = whole.name ?? textOf(values.email) ?? textOf(values.phone);
    if (!name) throw invalid("name", "Somebody needs a name, an e-mail or a phone number.", "contact.nameless");
    return { ...whole, name };
  }
  const partsSent = "given_name" in values || "family_name" in values;
  const parts = {
    given_name: merged(values, before, "given_name"),
    family_name: merged(values, before, "family_name"),
  };
  const sent = textOf(values.name);
  if (sent) return partsSent ? { name: sent } : { ...completeName({ name: sent }) };
  if (!partsSent && !("name" in values)) return {};
  const name =
    joinName(parts.given_name, parts.family_name) ?? merged(values, before, "email") ?? merged(values, before, "phone");
  if (!name) throw invalid("name", "Somebody needs a name, an e-mail or a phone number.", "contact.nameless");
  return { name };
}

const phoneOf = (tx: Tx, values: Values, before: Row | null): string | null =>
  phoneE164(merged(values, before, "phone"), merged(values, before, "country"), tx.workspace);

// The lock makes two people who type the same address at once wait for each other, so that the second is told who has it.
async function refuseTakenEmail(tx: Tx, email: string, self: string | undefined): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || '/email'), hashtext(${email}))`.execute(tx.db);
  const { rows } = await sql<{ id: string; name: string; owner: string | null }>`
    select c.id, c.name, u.name as owner from contacts c left join rondo.users u on u.id = c.owner_id
     where lower(c.email) = ${email.toLowerCase()} and c.deleted_at is null and c.id is distinct from ${self ?? null}`.execute(
    tx.db,
  );
  const taken = rows[0];
  if (!taken) return;
  // Of one the person may not see they are told that it exists, and whom to ask; no more.
  if (!(await withinReach(tx, contact, [taken.id])).has(taken.id)) {
    const message = `Somebody you may not see has this e-mail address; ask ${taken.owner ?? "an administrator"}.`;
    throw new Refused("invalid", "contact.email-taken", message, {
      fields: [{ field: "email", message }],
      detail: { hidden: true, owner: taken.owner },
    });
  }
  throw new Refused("invalid", "contact.email-taken", `${taken.name} has this e-mail address already.`, {
    fields: [{ field: "email", message: `${taken.name} has this e-mail address already.` }],
    detail: { contact_id: taken.id, contact_name: taken.name },
  });
}

import { sql } from "kysely";
import type { Tx } from "#platform/context";
import {
  customOf, firstOfEach, overwriteMany, recordOptions, recordOptionsOf, registerImporter, stageRecords, textIn, valuesIn,
  type Counts, type Importer, type ImportField, type ImportValues, type Plan, type StagedRow, type Unfit, type Written,
} from "#records"; // prettier-ignore
import { recordAll } from "#timeline";
import { account, bareDomain } from "./account.ts";
import { contact } from "./contact.ts";
import { meetAccounts, type Company } from "./meet/accounts.ts";
import { meetContacts, type Met, type Person } from "./meet/contacts.ts";
import { completeName } from "./name.ts";
import { phoneE164 } from "./phone.ts";
import { changedWords } from "./words.ts";

const shared: readonly ImportField[] = [
  { name: "id", label: "Number elsewhere", type: "text", help: "The id in the system the file comes from; orders name their customer by it.", synonyms: ["id", "customer id", "contact id", "account id", "customer no", "customer number", "external id", "record id", "company id", "client id", "kunden id", "kundennummer", "kunden nr", "numero client", "id cliente", "codigo cliente"] },
  { name: "phone", label: "Phone", type: "phone", synonyms: ["phone", "phone number", "telephone", "mobile", "mobile phone", "tel", "telefon", "telefonnummer", "handy", "telefono", "telephone portable"] },
  { name: "country", label: "Country", type: "country", synonyms: ["country", "country code", "mailing country", "billing country", "land", "pays", "pais", "paese"] },
  { name: "city", label: "City", type: "text", synonyms: ["city", "town", "mailing city", "billing city", "ort", "stadt", "ville", "ciudad", "citta"] },
  { name: "since", label: "Known since", type: "datetime", synonyms: ["created at", "created", "create date", "customer since", "first seen", "signup date", "registered", "registered at", "joined", "erstellt", "kunde seit", "angelegt am", "date de creation"] },
]; // prettier-ignore

const contactFields: readonly ImportField[] = [
  { name: "email", label: "E-mail", type: "email", synonyms: ["email", "e mail", "mail", "email address", "e mail address", "e mail adresse", "courriel", "adresse email", "correo", "correo electronico"] },
  { name: "name", label: "Name", type: "text", synonyms: ["name", "full name", "contact name", "customer name", "person", "kunde", "kontakt", "nom complet", "nombre completo", "nombre"] },
  { name: "given_name", label: "First name", type: "text", max: 100, synonyms: ["first name", "given name", "forename", "vorname", "prenom", "primer nombre"] },
  { name: "family_name", label: "Last name", type: "text", max: 100, synonyms: ["last name", "family name", "surname", "nachname", "familienname", "nom", "nom de famille", "apellido", "apellidos"] },
  { name: "account_name", label: "Account", type: "text", synonyms: ["company", "company name", "account", "account name", "organisation", "organization", "employer", "firma", "unternehmen", "societe", "entreprise", "empresa"] },
  { name: "job_title", label: "Job title", type: "text", synonyms: ["job title", "title", "position", "role", "funktion", "beruf", "poste", "cargo"] },
  { name: "language", label: "Language", type: "text", max: 35, synonyms: ["language", "locale", "sprache", "langue", "idioma"] },
  ...shared,
]; // prettier-ignore

const accountFields: readonly ImportField[] = [
  { name: "name", label: "Name", type: "text", required: true, synonyms: ["name", "company", "company name", "account", "account name", "organisation", "organization", "firma", "firmenname", "unternehmen", "societe", "entreprise", "raison sociale", "empresa", "nom", "nombre"] },
  { name: "domain", label: "Domain", type: "text", max: 253, synonyms: ["domain", "company domain", "email domain", "domain name", "domaine", "dominio"] },
  { name: "website", label: "Website", type: "url", synonyms: ["website", "web site", "url", "web", "homepage", "internet", "webseite", "site web", "sitio web"] },
  { name: "industry", label: "Industry", type: "text", max: 100, synonyms: ["industry", "sector", "branch", "branche", "secteur", "sector industrial"] },
  { name: "is_vendor", label: "Vendor", type: "boolean", synonyms: ["vendor", "is vendor", "supplier", "lieferant", "fournisseur", "proveedor"] },
  ...shared,
]; // prettier-ignore

const nobody: Unfit = { field: null, code: "nobody", message: "there is no id, e-mail, phone or name" };

function contactKey(v: ImportValues): string | Unfit {
  for (const field of ["id", "email", "phone"]) if (v[field]) return `${field} ${v[field]}`;
  const name = textIn(v, "name") ?? [v.given_name, v.family_name].filter(Boolean).join(" ");
  return name ? `name ${name.toLowerCase()}` : nobody;
}

function accountKey(v: ImportValues): string | Unfit {
  if (!v.name) return { field: "name", code: "name-missing", message: "there is no name" };
  for (const field of ["id", "domain"]) if (v[field]) return `${field} ${String(v[field]).toLowerCase()}`;
  return `name ${String(v.name).toLowerCase()}`;
}

const sinceOf = (v: ImportValues): { first_seen_at?: Date } =>
  typeof v.since === "number" ? { first_seen_at: new Date(v.since) } : {};
const externalOf = (plan: Plan, v: ImportValues): Person["external"] => {
  const id = textIn(v, "id");
  return id ? { system: recordOptionsOf(plan).shop, id } : undefined;
};
const said = (v: ImportValues, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((n) => (textIn(v, n) ? [[n, textIn(v, n)!]] : [])));

const personOf = (plan: Plan, key: string, v: ImportValues): Person => ({
  ...said(v, ["email", "phone", "name", "given_name", "family_name", "job_title", "language", "country", "city", "account_name"]),
  ...sinceOf(v), key, external: externalOf(plan, v), custom: customOf(v),
}); // prettier-ignore

const companyOf = (plan: Plan, key: string, v: ImportValues): Company => ({
  ...said(v, ["domain", "industry", "phone", "website", "country", "city"]),
  ...sinceOf(v), key, name: textIn(v, "name") ?? "", external: externalOf(plan, v), custom: customOf(v),
  ...(typeof v.is_vendor === "boolean" ? { is_vendor: v.is_vendor } : {}),
}); // prettier-ignore

async function writeContacts(tx: Tx, plan: Plan, staged: readonly StagedRow[]): Promise<Written> {
  const { rows, failures } = firstOfEach(staged);
  const met = await meetContacts(tx, rows.map((r) => personOf(plan, r.key, valuesIn(r))), { source: plan.file.slice(0, 200) }); // prettier-ignore
  const known = recordOptionsOf(plan).update ? rows.filter((r) => met.get(r.key)?.created === false) : [];
  const { free, taken } = await withoutTakenEmails(tx, known, met);
  const replaced = await overwriteMany(tx, contact, contactColumns, free.map((r) => ({ id: met.get(r.key)!.id, values: contactValues(tx, valuesIn(r)) }))); // prettier-ignore
  await recordAll(
    tx,
    replaced.map(({ row, changed }) => ({
      name: "contact.updated",
      contact_id: row.id,
      account_id: typeof row.account_id === "string" ? row.account_id : null,
      payload: { fields: changedWords(contact, changed) },
    })),
  );
  return { counts: countsOf(rows, met, replaced.length), failures: [...failures, ...taken] };
}

const contactColumns = {
  name: "text", given_name: "text", family_name: "text", email: "text", phone: "text", phone_e164: "text", job_title: "text", language: "text", country: "text", city: "text",
} as const; // prettier-ignore

function contactValues(tx: Tx, v: ImportValues): Record<string, unknown> {
  const names = said(v, ["name", "given_name", "family_name"]);
  return {
    ...said(v, Object.keys(contactColumns)),
    ...(Object.keys(names).length > 0 ? completeName(names) : {}),
    phone_e164: phoneE164(textIn(v, "phone"), textIn(v, "country"), tx.workspace),
    custom: customOf(v),
  };
}

/** Rows whose new e-mail nobody else has; the others are refused, since an address belongs to one contact. */
async function withoutTakenEmails(
  tx: Tx,
  rows: readonly StagedRow[],
  met: ReadonlyMap<string, Met>,
): Promise<{ free: StagedRow[]; taken: Written["failures"][number][] }> {
  const emails = rows.flatMap((r) => textIn(valuesIn(r), "email") ?? []);
  const { rows: holders } = await sql<{ email: string; id: string }>`
    select lower(email) as email, id from contacts where lower(email) = any(${emails}) and deleted_at is null`.execute(
    tx.db,
  );
  const holderOf = new Map(holders.map((h) => [h.email, h.id]));
  const taken: Written["failures"][number][] = [];
  const free = rows.filter((r) => {
    const email = textIn(valuesIn(r), "email");
    const id = met.get(r.key)!.id;
    if (!email || (holderOf.get(email) ?? id) === id) {
      if (email) holderOf.set(email, id);
      return true;
    }
    taken.push({
      row: r.row,
      field: "email",
      code: "email-taken",
      message: `another contact has the e-mail address '${email}'`,
    });
    return false;
  });
  return { free, taken };
}

async function writeAccounts(tx: Tx, plan: Plan, staged: readonly StagedRow[]): Promise<Written> {
  const { rows, failures } = firstOfEach(staged);
  const met = await meetAccounts(tx, rows.map((r) => companyOf(plan, r.key, valuesIn(r))), { source: plan.file.slice(0, 200) }); // prettier-ignore
  const known = recordOptionsOf(plan).update ? rows.filter((r) => met.get(r.key)?.created === false) : [];
  const replaced = await overwriteMany(tx, account, accountColumns, known.map((r) => ({ id: met.get(r.key)!.id, values: accountValues(tx, valuesIn(r)) }))); // prettier-ignore
  await recordAll(
    tx,
    replaced.map(({ row, changed }) => ({
      name: "account.updated",
      account_id: row.id,
      payload: { fields: changedWords(account, changed) },
    })),
  );
  return { counts: countsOf(rows, met, replaced.length), failures };
}

const accountColumns = {
  name: "text", domain: "text", industry: "text", phone: "text", phone_e164: "text", website: "text", country: "text", city: "text", is_vendor: "boolean",
} as const; // prettier-ignore

const accountValues = (tx: Tx, v: ImportValues): Record<string, unknown> => ({
  ...said(v, Object.keys(accountColumns)),
  domain: textIn(v, "domain") ? bareDomain(textIn(v, "domain")!) || null : null,
  phone_e164: phoneE164(textIn(v, "phone"), textIn(v, "country"), tx.workspace),
  is_vendor: typeof v.is_vendor === "boolean" ? v.is_vendor : null,
  custom: customOf(v),
});

function countsOf(rows: readonly StagedRow[], met: ReadonlyMap<string, Met>, updated: number): Counts {
  const created = rows.filter((r) => met.get(r.key)?.created).length;
  return { created, known: rows.length - created, updated };
}

const named = (v: ImportValues): Record<string, unknown> => ({
  ...v,
  name: textIn(v, "name") ?? ([v.given_name, v.family_name].filter(Boolean).join(" ") || (v.email ?? v.phone ?? v.id)),
});

/** What contacts and accounts have in common as importers. */
const common = (
  one: string,
  many: string,
): Pick<Importer, "general" | "custom" | "options" | "preview" | "result" | "created"> => ({
  general: true,
  custom: true,
  options: recordOptions,
  preview(_, staged) {
    const { rows, failures } = firstOfEach(staged);
    const items = rows.toSorted((a, b) => a.row - b.row).map((r) => ({ kind: one, row: r.row, ...named(valuesIn(r)) }));
    return { items, counts: { [many]: rows.length, twice: failures.length } };
  },
  result: (c) => [
    { key: "created", label: `new ${many}`, count: c.created ?? 0 },
    { key: "known", label: `${many} known before`, count: c.known ?? 0 },
    { key: "updated", label: `${many} changed`, count: c.updated ?? 0 },
  ],
  created: (c) => c.created ?? 0,
});

/** Contact files: people by id elsewhere, e-mail, phone or name. */
registerImporter({
  ...common("contact", "contacts"),
  object: "contacts",
  label: "Contacts",
  fields: contactFields,
  check: (plan) =>
    plan.columns.some((c) => ["id", "email", "phone", "name", "given_name", "family_name"].includes(c.field.name))
      ? []
      : [
          {
            code: "field.missing",
            field: "email",
            message: "Map a column to the name, e-mail, phone or number of the contacts.",
          },
        ],
  stage: stageRecords(contactKey),
  write: writeContacts,
  tables: ["contacts", "accounts", "external_ids", "facts", "changes"],
});

/** Account files: companies by id elsewhere, domain or name. */
registerImporter({
  ...common("account", "accounts"),
  object: "accounts",
  label: "Accounts",
  fields: accountFields,
  check: () => [],
  stage: stageRecords(accountKey),
  write: writeAccounts,
  tables: ["accounts", "external_ids", "facts", "changes"],
});

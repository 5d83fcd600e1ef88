import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { describeObject, registerRecordType, type Row, type Values } from "#records";
import type { Design, FormConsent } from "./design.ts";

/*
 * Words we use
 *   form         a page, or a part of the company's own page, on which strangers say who they are and what they want
 *   key          its name in addresses; it stays, as it stands on other people's pages
 *   submission   a form that somebody sent
 */
export const form = describeObject({
  name: "form",
  plural: "forms",
  label: "Form",
  label_plural: "Forms",
  table: "forms",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    { name: "key", label: "Key", type: "text", required: true, max: 60, help: "Stands in its address and cannot be changed later." },
    { name: "submission_count", label: "Submissions", type: "integer", computed: true, required: true, shown: true },
    { name: "last_submitted_at", label: "Last sent", type: "datetime", computed: true, sortable: true, shown: true },
    { name: "active", label: "Active", type: "boolean", shown: true, help: "Can be opened and sent." },
    { name: "opens_lead", label: "Opens a lead", type: "boolean", shown: true, help: "Whoever sends it wants an answer." },
    { name: "double_opt_in", label: "Confirmed by mail", type: "boolean", shown: true, help: "Consent counts once the link in a mail was clicked." },
    { name: "title", label: "Title", type: "text", help: "Stands above the form; its name unless said." },
    { name: "intro", label: "Introduction", type: "long_text", max: 2000 },
    { name: "thanks", label: "Thanks", type: "long_text", max: 2000, help: "Shown when it was sent." },
    { name: "redirect", label: "Goes on to", type: "url", help: "An https address on one of the allowed sites, offered when it was sent." },
    { name: "source", label: "Source", type: "text", help: "Kept as where new contacts came from; the form's name unless said." },
    { name: "campaign", label: "Campaign", type: "text", help: "Counted for it when the address names none." },
  ],
  related: [],
  search: ["name"],
  default_sort: "name",
  creatable: false,
  custom: false,
}); // prettier-ignore

export interface FormRow {
  id: string;
  version: number;
  key: string;
  name: string;
  title: string | null;
  intro: string | null;
  design: Design;
  opens_lead: boolean;
  double_opt_in: boolean;
  thanks: string | null;
  redirect: string | null;
  source: string | null;
  campaign: string | null;
  origins: string[];
  active: boolean;
  submission_count: number;
  last_submitted_at: Date | null;
  deleted_at: Date | null;
}

/** The origin of a site ("https://shop.example"); null for anything that is no https address, localhost aside. */
export function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, origin } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && hostname === "localhost") ? origin : null;
}

async function prepare(tx: Tx, given: Values, before: Row | null): Promise<Values> {
  const values: Values = { ...given };
  for (const flag of ["active", "opens_lead", "double_opt_in"]) if (values[flag] === null) values[flag] = true;
  if (before && values.key !== undefined && values.key !== before.key)
    throw invalid("key", "The key stays: the form's address stands on other pages.", "form.key");
  if (!before) await refuseKey(tx, String(values.key));
  if (values.origins !== undefined) values.origins = originsOf(values.origins as readonly string[]);
  checkRedirect(values, before);
  if (values.design) values.design = await versioned(tx, values.design as Design, before?.id);
  return values;
}

async function refuseKey(tx: Tx, key: string): Promise<void> {
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(key))
    throw invalid("key", "A key has small letters, digits and hyphens: price-list.", "form.key");
  const { rows } = await sql`select 1 from forms where key = ${key}`.execute(tx.db);
  if (rows.length > 0) throw invalid("key", `There is, or was, a form with the key "${key}".`, "form.key-taken");
}

const originsOf = (given: readonly string[]): string[] => [
  ...new Set(given.map((address, i) => {
    const origin = originOf(address);
    if (!origin) throw invalid(`origins.${i}`, "A site is written like https://shop.example.", "form.origin");
    return origin;
  })),
]; // prettier-ignore

function checkRedirect(values: Values, before: Row | null): void {
  const to = values.redirect === undefined ? before?.redirect : values.redirect;
  if (typeof to !== "string" || to === "") return;
  const origin = originOf(to);
  if (!origin) throw invalid("redirect", "Send people to an https address.", "form.redirect");
  const allowed = (values.origins ?? before?.origins ?? []) as readonly string[];
  if (!allowed.includes(origin))
    throw invalid("redirect", "Add this site to the allowed sites first.", "form.redirect-foreign");
}

/** The design with a version at each wording: the one it had when it was worded like that last, the next one otherwise. */
async function versioned(tx: Tx, design: Design, id: string | undefined): Promise<Design> {
  const { rows } = id
    ? await sql<{ purpose: string; version: number; wording: string }>`
        select purpose, version, wording from form_wordings where form_id = ${id} order by version desc`.execute(tx.db)
    : { rows: [] };
  const consents = design.consents.map((consent): FormConsent => {
    const latest = rows.find((r) => r.purpose === consent.purpose);
    if (!latest) return { ...consent, version: 1 };
    return { ...consent, version: latest.wording === consent.wording ? latest.version : latest.version + 1 };
  });
  return { fields: design.fields, consents };
}

async function saved(tx: Tx, _act: string, row: Row): Promise<void> {
  const { consents } = row.design as Design;
  for (const { purpose, version, wording } of consents)
    await sql`
      insert into form_wordings (form_id, purpose, version, wording, at) values (${row.id}, ${purpose}, ${version}, ${wording}, ${tx.clock()})
          on conflict do nothing`.execute(tx.db);
}

/** A form with its rules: a key for ever, sites by their origin, versions of its wordings. */
export const formType = registerRecordType({ object: form, prepare, saved, tell: () => null });

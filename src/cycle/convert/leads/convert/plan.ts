import { sql } from "kysely";
import { invalid } from "#kernel/refusal";
import type { Ctx } from "#platform/context";
import { textIn } from "../words.ts";
import type { Row } from "#records";
import { companyDomain, nameOfDomain } from "./hosts.ts";

/** What the person converting chose; everything is proposed when absent. */
export interface Choice {
  /** An account that is there; null for none. */
  account_id?: string | null | undefined;
  /** The name of the account to find or make. */
  account_name?: string | undefined;
  /** What the opportunity is called. */
  title?: string | undefined;
  /** Minor units of the workspace's currency. */
  amount?: number | undefined;
  expected_close?: string | undefined;
}

/** What conversion will do, before anything is done. */
export interface Plan {
  contact: { id: string; name: string };
  account: {
    act: "keep" | "link" | "make" | "none";
    id: string | null;
    name: string | null;
    /** How it was found. */
    by: "contact" | "lead" | "domain" | "name" | "choice" | null;
    domain: string | null;
  };
  opportunity: { name: string; amount: number; currency: string; owner_id: string | null; owner: string | null; expected_close: string | null };
  /** Fields that are empty now and will be filled; nothing that is there is changed. */
  fills: { object: "contact" | "account"; id: string | null; field: string; label: string; value: string; shown: string }[];
  /** What has to be said first. */
  missing: { field: string; message: string }[];
} // prettier-ignore

interface Around {
  contact_id: string;
  contact_name: string;
  email: string | null;
  contact_owner: string | null;
  contact_account: string | null;
  contact_account_name: string | null;
  lead_account_name: string | null;
  owner: string | null;
}

interface Found {
  id: string;
  name: string;
  domain: string | null;
  owner_id: string | null;
}

/** Decides what converting this lead would link, make and fill. */
export async function planConversion(ctx: Ctx, lead: Row, choice: Choice = {}): Promise<Plan> {
  const { rows } = await sql<Around>`
    select c.id as contact_id, c.name as contact_name, c.email, c.owner_id as contact_owner, a.id as contact_account, a.name as contact_account_name,
           (select name from accounts where id = l.account_id and deleted_at is null) as lead_account_name, (select name from rondo.users where id = l.owner_id) as owner
      from leads l join contacts c on c.id = l.contact_id left join accounts a on a.id = c.account_id and a.deleted_at is null
     where l.id = ${lead.id}`.execute(ctx.db);
  const around = rows[0]!;
  const domain = companyDomain(around.email);
  const account = await accountFor(ctx, lead, around, domain, choice);
  const owner_id = textIn(lead.owner_id);
  const named = account.name ?? around.contact_name;
  const title = choice.title?.trim() || [textIn(lead.interest), named].filter(Boolean).join(" · ").slice(0, 200);
  return {
    contact: { id: around.contact_id, name: around.contact_name },
    account,
    opportunity: {
      name: title,
      amount: choice.amount ?? 0,
      currency: ctx.workspace.currency,
      owner_id,
      owner: around.owner,
      expected_close: choice.expected_close ?? null,
    },
    fills: await fillsOf(ctx, around, account, owner_id),
    missing: [
      ...(owner_id ? [] : [{ field: "owner_id", message: "Nobody owns this lead yet; the opportunity needs somebody." }]),
      ...(account.act === "make" && !account.name ? [{ field: "account_name", message: "Name the company." }] : []),
    ],
  }; // prettier-ignore
}

async function accountFor(
  ctx: Ctx,
  lead: Row,
  around: Around,
  domain: string | null,
  choice: Choice,
): Promise<Plan["account"]> {
  const none = { act: "none", id: null, name: null, by: null, domain: null } as const;
  if (around.contact_account)
    return { act: "keep", id: around.contact_account, name: around.contact_account_name, by: "contact", domain };
  if (choice.account_id === null) return none;
  if (choice.account_id) {
    const found = await accountWhere(ctx, sql`id = ${choice.account_id}`);
    if (!found) throw invalid("account_id", "There is no such account.");
    return { act: "link", id: found.id, name: found.name, by: "choice", domain };
  }
  const own = textIn(lead.account_id);
  if (own && around.lead_account_name)
    return { act: "link", id: own, name: around.lead_account_name, by: "lead", domain };
  const name = choice.account_name?.trim() || textIn(lead.company);
  const byDomain = domain && !choice.account_name ? await accountWhere(ctx, sql`lower(domain) = ${domain}`) : null;
  if (byDomain) return { act: "link", id: byDomain.id, name: byDomain.name, by: "domain", domain };
  const byName = name ? await accountWhere(ctx, sql`lower(name) = ${name.toLowerCase()}`) : null;
  if (byName) return { act: "link", id: byName.id, name: byName.name, by: "name", domain };
  if (!name && !domain) return none;
  return { act: "make", id: null, name: name ?? nameOfDomain(domain!), by: name ? "name" : "domain", domain };
}

async function accountWhere(ctx: Ctx, test: ReturnType<typeof sql>): Promise<Found | null> {
  const { rows } = await sql<Found>`
    select id, name, domain, owner_id from accounts where ${test} and deleted_at is null order by created_at, id limit 1`.execute(
    ctx.db,
  );
  return rows[0] ?? null;
}

async function fillsOf(
  ctx: Ctx,
  around: Around,
  account: Plan["account"],
  owner_id: string | null,
): Promise<Plan["fills"]> {
  const fills: Plan["fills"] = [];
  const contact = { object: "contact", id: around.contact_id } as const;
  const owner = around.owner ?? "";
  if (account.act === "link" || account.act === "make")
    fills.push({ ...contact, field: "account_id", label: "Account", value: account.id ?? "", shown: account.name ?? "" });
  if (owner_id && !around.contact_owner)
    fills.push({ ...contact, field: "owner_id", label: "Owner", value: owner_id, shown: owner });
  if (!account.id) return fills;
  const there = await accountWhere(ctx, sql`id = ${account.id}`);
  const of = { object: "account", id: account.id } as const;
  if (there && !there.owner_id && owner_id)
    fills.push({ ...of, field: "owner_id", label: "Owner", value: owner_id, shown: owner });
  if (there && !there.domain && account.domain)
    fills.push({ ...of, field: "domain", label: "Domain", value: account.domain, shown: account.domain });
  return fills;
} // prettier-ignore

import { registerAlike, type Row } from "#records";
import { account, bareDomain } from "./account.ts";
import { contact } from "./contact.ts";
import { completeName } from "./name.ts";
import { phoneE164 } from "./phone.ts";
import { textOf } from "./words.ts";

// Addresses there say nothing of a company; the same as in contact_likeness (migration 20261201_0230_alike.sql).
const everybodys = new Set(
  "gmail.com outlook.com hotmail.com live.com yahoo.com icloud.com aol.com gmx.de gmx.net web.de t-online.de proton.me protonmail.com mail.ru yandex.ru orange.fr free.fr libero.it".split(" "),
); // prettier-ignore

/** An address without what its owner may add to it: "Ana.Ruiz+shop@googlemail.com" is anaruiz@gmail.com. */
export function bareEmail(text: string | null): string | null {
  const [box, domain] = (text ?? "").toLowerCase().split("@");
  if (!box || !domain) return null;
  const untagged = box.split("+")[0]!;
  return domain === "gmail.com" || domain === "googlemail.com"
    ? `${untagged.replaceAll(".", "")}@gmail.com`
    : `${untagged}@${domain}`;
}

const domainOf = (row: Row): string | null => {
  const domain = bareEmail(textOf(row.email))?.split("@")[1] ?? null;
  return domain && !everybodys.has(domain) ? domain : null;
};
const same = (a: string | null, b: string | null): boolean => a !== null && a === b;
const both = (field: string) => (a: Row, b: Row): boolean => same(textOf(a[field]), textOf(b[field])); // prettier-ignore
// The better known one stays: more orders, then longer known.
const better = (a: Row, b: Row): string => {
  const orders = Number(b.order_count ?? 0) - Number(a.order_count ?? 0);
  const [first, second] = [a, b].map((r) => new Date((r.created_at ?? 0) as string | Date).getTime()) as [
    number,
    number,
  ];
  return orders < 0 || (orders === 0 && first <= second) ? a.id : b.id;
};

registerAlike({
  object: contact,
  columns: ["name", "email", "phone_e164", "account_id", "owner_id"],
  keys: (t) => `contact_likeness(${t}.name, ${t}.email, ${t}.phone_e164, ${t}.account_id)`,
  prepared: (values, workspace) => ({
    name: completeName({
      name: textOf(values.name),
      given_name: textOf(values.given_name),
      family_name: textOf(values.family_name),
    }).name,
    email: textOf(values.email)?.toLowerCase() ?? null,
    phone_e164: phoneE164(textOf(values.phone), textOf(values.country), workspace),
    account_id: textOf(values.account_id),
  }),
  rules: [
    {
      name: "email",
      label: "Same e-mail address",
      threshold: 0,
      weight: 0.95,
      shares: (a, b) => same(bareEmail(textOf(a.email)), bareEmail(textOf(b.email))),
    },
    { name: "phone", label: "Same phone number, names alike", threshold: 0.5, weight: 0.6, shares: both("phone_e164") },
    { name: "account", label: "Same account, names alike", threshold: 0.8, weight: 0.3, shares: both("account_id") },
    {
      name: "domain",
      label: "Same e-mail domain, names alike",
      threshold: 0.8,
      weight: 0.3,
      shares: (a, b) => same(domainOf(a), domainOf(b)),
    },
  ],
  better,
});

registerAlike({
  object: account,
  columns: ["name", "domain", "phone_e164", "country", "owner_id"],
  keys: (t) => `account_likeness(${t}.name, ${t}.domain, ${t}.phone_e164, ${t}.country)`,
  prepared: (values, workspace) => ({
    name: textOf(values.name),
    domain: bareDomain(textOf(values.domain) ?? "") || null,
    phone_e164: phoneE164(textOf(values.phone), textOf(values.country), workspace),
    country: textOf(values.country),
  }),
  rules: [
    { name: "domain", label: "Same domain", threshold: 0, weight: 0.9, shares: both("domain") },
    { name: "phone", label: "Same phone number, names alike", threshold: 0.5, weight: 0.6, shares: both("phone_e164") },
    {
      name: "name",
      label: "Names alike, in one country",
      threshold: 0.85,
      weight: 0.2,
      shares: (a, b) => !textOf(a.country) || !textOf(b.country) || same(textOf(a.country), textOf(b.country)),
    },
  ],
  better,
});

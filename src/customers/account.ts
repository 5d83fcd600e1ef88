import { describeObject, registerRecordType, type RecordType } from "#records";
import { derivedFields } from "./derived.ts";
import { phoneE164 } from "./phone.ts";
import { changedWords, textOf } from "./words.ts";

export const account = describeObject({
  name: "account",
  plural: "accounts",
  label: "Account",
  label_plural: "Accounts",
  table: "accounts",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    { name: "domain", label: "Domain", type: "text", max: 253, shown: true, help: "vertex.example" },
    { name: "industry", label: "Industry", type: "text", max: 100 },
    ...derivedFields,
    { name: "owner_id", label: "Owner", type: "user", shown: true },
    { name: "country", label: "Country", type: "country", shown: true },
    { name: "city", label: "City", type: "text" },
    { name: "phone", label: "Phone", type: "phone", max: 60 },
    { name: "website", label: "Website", type: "url" },
    { name: "is_vendor", label: "Vendor", type: "boolean", help: "We buy from them." },
    { name: "source", label: "Source", type: "text", help: "Where they came from." },
  ],
  related: [
    { name: "contacts", label: "Contacts", object: "contact", by: "account_id" },
    { name: "orders", label: "Orders", object: "order", by: "account_id" },
    { name: "returns", label: "Returns", object: "return", by: "account_id" },
  ],
  search: ["name", "domain", "phone_e164"],
  default_sort: "-created_at",
  facts_by: "account_id",
  creatable: true,
  custom: true,
});

/** The bare domain of what people type: "https://www.Vertex.example/shop" is vertex.example. */
export const bareDomain = (text: string): string =>
  text.trim().toLowerCase().replace(/^[a-z]+:\/\//, "").replace(/^www\./, "").replace(/[/?#:].*$/, "").replace(/\.$/, "").slice(0, 253); // prettier-ignore

/** An account together with its rules: bare domains, phones in one form. */
export const accountType: RecordType = registerRecordType({
  object: account,
  async prepare(tx, values, before) {
    const tidy = { ...values };
    if (typeof tidy.domain === "string") tidy.domain = bareDomain(tidy.domain) || null;
    if (tidy.is_vendor === null) tidy.is_vendor = false;
    const seen = { ...before, ...tidy };
    if ("phone" in tidy || "country" in tidy)
      tidy.phone_e164 = phoneE164(textOf(seen.phone), textOf(seen.country), tx.workspace);
    if (tidy.source === null) tidy.source = "by hand";
    return tidy;
  },
  tell(act, row, changed) {
    const name = String(row.name);
    if (act === "created")
      return { account_id: row.id, name: "account.created", payload: { name, source: String(row.source) } };
    if (act === "updated")
      return { account_id: row.id, name: "account.updated", payload: { fields: changedWords(account, changed) } };
    return { account_id: row.id, name: act === "trashed" ? "account.trashed" : "account.restored", payload: { name } };
  },
});

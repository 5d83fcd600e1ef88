import { meetContacts } from "#customers";
import { invalid } from "#kernel/refusal";
import type { Tx } from "#platform/context";
import { registerOpener, type Values } from "#records";
import { openLead, type NewLead } from "./open.ts";

const text = (v: unknown): string | undefined => (typeof v === "string" && v !== "" ? v : undefined);

/** Who asked: the contact a row names, else whoever its e-mail, phone or name is; made when nobody is. */
async function whoAsked(tx: Tx, values: Values, file: string): Promise<string> {
  const known = text(values.contact_id);
  if (known) return known;
  const person = { name: text(values.person_name), email: text(values.person_email), phone: text(values.person_phone) };
  if (!person.name && !person.email && !person.phone)
    throw invalid("person_email", "nothing says who asked: a contact, an e-mail, a phone or a name");
  const met = await meetContacts(tx, [{ key: "who", ...person, account_name: text(values.company) }], { source: file.slice(0, 200) }); // prettier-ignore
  return met.get("who")!.id;
}

/** Lead files: each row opens a lead on a person, known or new; one that is open already is joined. */
registerOpener("lead", {
  fields: [
    { name: "contact_id", label: "Contact", type: "relation", to: "contact" },
    { name: "person_email", label: "E-mail", type: "email" },
    { name: "person_name", label: "Person", type: "text" },
    { name: "person_phone", label: "Phone", type: "phone", max: 60 },
    { name: "source", label: "Source", type: "text" },
  ],
  async open(tx, values, file) {
    const { person_email: _e, person_name: _n, person_phone: _p, ...asked } = values;
    const contact_id = await whoAsked(tx, values, file);
    return (await openLead(tx, { ...asked, contact_id, source: text(values.source) ?? file.slice(0, 200) } as NewLead)).id; // prettier-ignore
  },
});

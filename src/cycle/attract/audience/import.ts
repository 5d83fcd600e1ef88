import { sql } from "kysely";
import { z } from "zod";
import { contact } from "#customers";
import type { Tx } from "#platform/context";
import {
  changeSet, findBy, noteChanges, recordOptions, registerHandActs, registerImporter, stageRecords, textIn, valuesIn,
  type ImportField, type ImportValues, type Plan, type StagedRow, type Unfit, type Written,
} from "#records"; // prettier-ignore
import { addMembers, removeMembers } from "./members.ts";

const fields: readonly ImportField[] = [
  { name: "email", label: "E-mail", type: "email", synonyms: ["email", "e mail", "mail", "email address", "e mail address", "e mail adresse", "courriel", "adresse email", "correo", "correo electronico"] },
  { name: "id", label: "Number elsewhere", type: "text", help: "The id of the contact in the system the file comes from.", synonyms: ["id", "customer id", "contact id", "customer no", "customer number", "external id", "record id", "client id", "kunden id", "kundennummer", "kunden nr", "numero client", "id cliente"] },
  { name: "rondo_id", label: "Rondo id", type: "text", max: 36, help: "As an export with ids wrote it.", synonyms: ["rondo id"] },
]; // prettier-ignore

/** Which segment the file's contacts are put into; `shop` names the place their numbers come from. */
const options = recordOptions.pick({ shop: true }).extend({ segment_id: z.uuid("Choose a segment.").optional() });
const optionsOf = (plan: Plan): z.output<typeof options> => plan.options as z.output<typeof options>;

// The surest first.
const keys = ["rondo_id", "id", "email"] as const;

function keyOf(v: ImportValues): string | Unfit {
  for (const key of keys) if (textIn(v, key)) return `${key} ${textIn(v, key)!.toLowerCase()}`;
  return { field: null, code: "nobody", message: "nothing says which contact this is" };
}

/** Who the rows mean: one contact each, or why not. */
async function contactsOf(tx: Tx, plan: Plan, rows: readonly StagedRow[]): Promise<{ ids: string[]; failures: Written["failures"][number][] }> {
  const ids = new Set<string>();
  const failures: Written["failures"][number][] = [];
  for (const field of keys) {
    const asked = rows.flatMap((r) => (r.key.startsWith(`${field} `) ? [{ row: r.row, text: textIn(valuesIn(r), field)! }] : []));
    if (asked.length === 0) continue;
    const found = await findBy(tx, contact, field, asked.map((a) => a.text), optionsOf(plan).shop);
    for (const { row, text } of asked) {
      const [id, another] = found.get(text.toLowerCase()) ?? [];
      if (id === undefined) failures.push({ row, field, code: "contact-unknown", message: `there is no contact '${text}'` });
      else if (another !== undefined) failures.push({ row, field, code: "contact-several", message: `several contacts have '${text}'` });
      else ids.add(id);
    }
  }
  return { ids: [...ids], failures };
} // prettier-ignore

async function write(tx: Tx, plan: Plan, rows: readonly StagedRow[]): Promise<Written> {
  const segment = optionsOf(plan).segment_id!;
  const { ids, failures } = await contactsOf(tx, plan, rows);
  const came = await addMembers(tx, segment, ids);
  await noteComing(tx, segment, came);
  return { counts: { created: came.length, unchanged: rows.length - failures.length - came.length }, failures };
}

/** Notes in the segment's history how many came, and which act brought them. */
async function noteComing(tx: Tx, segment: string, came: readonly string[]): Promise<void> {
  if (came.length === 0) return;
  const set = await changeSet(tx);
  await sql`update segment_members set set_id = ${set} where segment_id = ${segment} and contact_id = any(${came}::uuid[])`.execute(tx.db); // prettier-ignore
  const { rows } = await sql<{ n: number }>`select member_count as n from segments where id = ${segment}`.execute(
    tx.db,
  );
  const now = rows[0]!.n;
  await noteChanges(tx, [{ object: "segment", record_id: segment, action: "updated", fields: { member_count: [now - came.length, now] } }]); // prettier-ignore
}

/** Takes out whom that act put in and who did not leave since. */
async function takeBackMembers(tx: Tx, { set_id, record_id }: { set_id: string; record_id: string }): Promise<boolean> {
  const { rows } = await sql<{ contact_id: string }>`
    select contact_id from segment_members where segment_id = ${record_id} and set_id = ${set_id}`.execute(tx.db);
  if (rows.length === 0) return false;
  const before = await sql<{ n: number }>`select member_count as n from segments where id = ${record_id}`.execute(
    tx.db,
  );
  const went = await removeMembers(tx, record_id, rows.map((r) => r.contact_id)); // prettier-ignore
  const n = before.rows[0]!.n;
  await noteChanges(tx, [{ object: "segment", record_id, action: "updated", fields: { member_count: [n, n - went] } }]); // prettier-ignore
  return went > 0;
}
registerHandActs("segment", { takeBack: takeBackMembers });

/** Member files: contacts by e-mail or id, put into a segment made by hand. */
registerImporter({
  object: "segment_members",
  label: "Segment members",
  fields,
  may: "segments.update",
  reached: true,
  custom: false,
  options,
  check(plan) {
    const problems = [];
    if (!plan.columns.some((c) => (keys as readonly string[]).includes(c.field.name)))
      problems.push({ code: "field.missing", field: "email", message: "Map a column to the e-mail or the number of the contacts." }); // prettier-ignore
    if (optionsOf(plan).segment_id === undefined)
      problems.push({ code: "option.missing", field: "options.segment_id", message: "Choose the segment they are put into." }); // prettier-ignore
    return problems;
  },
  stage: stageRecords(keyOf),
  write,
  preview(_plan, rows) {
    const whom = [...Map.groupBy(rows, (r) => r.key).values()].map(([first]) => first!);
    const items = whom.toSorted((a, b) => a.row - b.row).map((r) => ({ kind: "member", row: r.row, ...valuesIn(r) }));
    return { items, counts: { segment_members: whom.length } };
  },
  result: (c) => [
    { key: "created", label: "new members", count: c.created ?? 0 },
    { key: "unchanged", label: "members before", count: c.unchanged ?? 0 },
  ],
  created: (c) => c.created ?? 0,
  tables: ["segment_members", "facts"],
});

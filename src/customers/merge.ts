import { sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { carry, carryCustomers, leave, registerMergeable, settleMerges, withinReach } from "#records";
import { accountType } from "./account.ts";
import { contact, contactType } from "./contact.ts";
import { retell } from "./lifecycle/retell.ts";
import { currentRules } from "./lifecycle/rules.ts";
import { subjects } from "./stage.ts";
import { textOf } from "./words.ts";

registerMergeable({
  type: contactType,
  told: (act, row, payload) => ({
    name: act === "merged" ? "contact.merged" : "contact.unmerged",
    contact_id: row.id,
    account_id: textOf(row.account_id),
    payload,
  }),
  async mayReturn(tx, loser) {
    const { rows } = await sql<{ id: string; name: string }>`
      select id, name from contacts where lower(email) = ${textOf(loser.email)?.toLowerCase() ?? null} and deleted_at is null`.execute(
      tx.db,
    );
    if (!rows[0]) return;
    const seen = (await withinReach(tx, contact, [rows[0].id])).size > 0;
    const who = seen ? rows[0].name : "Somebody you may not see";
    throw new Refused("conflict", "merge.email-taken", `${who} has ${String(loser.email)} by now; change that first.`);
  },
});
registerMergeable({
  type: accountType,
  told: (act, row, payload) => ({
    name: act === "merged" ? "account.merged" : "account.unmerged",
    account_id: row.id,
    payload,
  }),
});

// What the lifecycle told of a loser stays with it, as do the acts of trashing; the winner's lifecycle is told anew from the joined facts.
const movable =
  "t.name not in ('customer.stage-changed', 'customer.stages-corrected', 'contact.trashed', 'contact.restored', 'account.trashed', 'account.restored')";
for (const kind of subjects) {
  carry(
    { table: "facts", column: `${kind}_id`, to: kind, when: movable },
    {
      table: "external_ids",
      column: "record_id",
      to: kind,
      key: ["object", "system", "external_id"],
      when: `t.object = '${kind}'`,
    },
  );
  settleMerges({
    name: `lifecycle of ${kind}s`,
    object: kind,
    tables: [],
    async again(tx, { winner, losers }) {
      const asked = new Map([winner, ...losers].map((id) => [id, new Date(0)]));
      await retell(tx, kind, asked, await currentRules(tx), { why: "two records became one" });
    },
  });
}
carryCustomers("contacts", ["account_id"]);
carryCustomers("consent_log", ["contact_id"]);
const told = "told by the lifecycle of each record; the winner's is told anew from the joined facts";
leave(
  { table: "lifecycle_transitions", column: "subject_id", why: told },
  { table: "lifecycle_walks", column: "subject_id", why: told },
  { table: "lifecycle_acts", column: "subject_id", why: told },
);

// The stricter of two answers counts: a no before a question, a question before a yes.
settleMerges({
  name: "consents",
  object: "contact",
  tables: [
    {
      table: "consents",
      column: "contact_id",
      rows: "x.contact_id = any($1::uuid[])",
      key: ["contact_id", "purpose", "channel"],
    },
  ],
  async settle(tx, { winner, losers }) {
    const ids = [winner, ...losers];
    await sql`
      insert into consents (contact_id, purpose, channel, status, since, log_id)
      select distinct on (purpose, channel) ${winner}::uuid, purpose, channel, status, since, log_id from consents where contact_id = any(${ids})
       order by purpose, channel, array_position(array['withdrawn', 'pending', 'given'], status), since desc
          on conflict (contact_id, purpose, channel) do update set status = excluded.status, since = excluded.since, log_id = excluded.log_id`.execute(
      tx.db,
    );
    await sql`delete from consents where contact_id = any(${losers})`.execute(tx.db);
  },
});

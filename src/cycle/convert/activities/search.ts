import { contact, account } from "#customers";
import { registerSearchSource, whereOf } from "#records";

// As much of a note as a line shows.
const shown = 120;

registerSearchSource({
  name: "note",
  may: "notes",
  search: ["text"],
  sql: (ctx, test, params) =>
    `(select 'contact' as object, t.id, t.name as title, left(n.text, ${shown}) as subtitle, n.written_at as at
        from notes n join contacts t on t.id = n.contact_id
       where n.deleted_at is null and ${test} and ${whereOf(ctx, contact, {}, params)} limit 20)
     union all
     (select 'account', t.id, t.name, left(n.text, ${shown}), n.written_at
        from notes n join accounts t on t.id = n.account_id
       where n.deleted_at is null and n.contact_id is null and ${test} and ${whereOf(ctx, account, {}, params)} limit 20)`,
});

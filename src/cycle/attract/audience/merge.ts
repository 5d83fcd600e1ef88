import { carry, hasSame, leave } from "#records";

carry({
  table: "segment_members",
  column: "contact_id",
  to: "contact",
  key: ["segment_id"],
  when: "exists (select from segments s where s.id = t.segment_id and s.kind = 'static')",
  unless: hasSame("segment_members", "contact_id", ["segment_id"]),
});
leave({
  table: "segment_flips",
  column: "contact_id",
  why: "the consumer settles kept segments when it reads contact.merged and contact.trashed",
});

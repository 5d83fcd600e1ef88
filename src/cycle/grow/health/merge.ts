import { leave } from "#records";

leave({
  table: "health_scores",
  column: "contact_id",
  why: "noted of whoever it was on that day; the next daily run looks at the winner with all their facts",
});

import { expect, test } from "vitest";
import { textsIn } from "./extract.ts";

test("texts said in a component and outside one are found, other calls are not", () => {
  const source = String.raw`const a = _("Add \"it\""); say("{n} d", { n }); lookup._("not this"); essay("nor this"); _(field.label); _(
    "On its own line",
  )`;
  expect(textsIn(source)).toEqual(['Add "it"', "{n} d", "On its own line"]);
});

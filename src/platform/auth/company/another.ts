import { z } from "zod";
import { Refused } from "#kernel/refusal";
import type { Outside, Workspace } from "#platform/context";
import type { Database } from "#platform/postgres";
import type { AuthHooks } from "../desk.ts";
import { personByEmail } from "../sign-in/people.ts";
import * as word from "../words.ts";
import { createWorkspace, refuseUnknownZone } from "../workspaces.ts";

const wantedWorkspace = z.strictObject({
  name: word.line(120),
  currency: word.currency,
  time_zone: word.timeZone,
  locale: word.locale.default("en"),
  lens: word.lens.default("seven_stages"),
  owner: word.email,
});

interface Maker extends Pick<AuthHooks, "onCreated" | "onReady"> {
  database: Database;
  outside: Outside;
  clock?: () => Date;
}

/** Makes a further workspace from the command line, owned by the person with that e-mail address, who must exist. Throws a ZodError on wrong words. */
export async function createWorkspaceFor(maker: Maker, given: z.input<typeof wantedWorkspace>): Promise<Workspace> {
  const { owner, ...wanted } = wantedWorkspace.parse(given);
  await refuseUnknownZone(maker.database.control, wanted.time_zone);
  const clock = maker.clock ?? (() => new Date());
  return createWorkspace(
    { database: maker.database, outside: maker.outside, clock, hooks: maker },
    wanted,
    async (db) => {
      const person = await personByEmail(db, owner);
      if (!person) throw new Refused("not-found", "person.not-found", `Nobody here has the address ${owner}.`);
      return person;
    },
  );
}

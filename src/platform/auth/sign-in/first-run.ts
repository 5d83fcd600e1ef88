import { setTimeout as wait } from "node:timers/promises";
import { invalid, Refused } from "#kernel/refusal";
import type { Config } from "#platform/config";
import type { Workspace } from "#platform/context";
import { createWorkspace, refuseUnknownZone, type NewWorkspace } from "../workspaces.ts";
import { email as emailWord } from "../words.ts";
import type { Desk } from "../desk.ts";
import { hash, refuseWeak } from "./password.ts";
import { anybody, insertPerson } from "./people.ts";

export interface FirstRun extends NewWorkspace {
  person: string;
  email: string;
  password: string;
}

const tooLate = (): Refused => new Refused("conflict", "first-run.done", "Rondo is already set up. Please sign in.");

/** Makes the first person, owner of the first workspace; refused once anybody exists, and for all but one of simultaneous calls. */
export async function setUp(desk: Desk, wanted: FirstRun): Promise<Workspace> {
  const { person, email, password, ...company } = wanted;
  if (await anybody(desk.database.control)) throw tooLate();
  refuseWeak(password, email);
  if (desk.hooks.isLens && !(await desk.hooks.isLens(null, company.lens)))
    throw invalid("lens", "This lens is not known.");
  await refuseUnknownZone(desk.database.control, company.time_zone);
  const hashed = await hash(password);
  return createWorkspace(desk, company, async (db) => {
    if (await anybody(db)) throw tooLate();
    return insertPerson(db, { name: person, email, hashed, at: desk.clock() });
  });
}

/** Makes the owner that RONDO_ADMIN_EMAIL and RONDO_ADMIN_PASSWORD name, when nobody exists yet; answers whether it did. */
export async function makeFirstOwner(
  desk: Desk,
  config: Pick<Config, "adminEmail" | "adminPassword">,
): Promise<boolean> {
  if (config.adminEmail === null || config.adminPassword === null || (await anybody(desk.database.control)))
    return false;
  const email = emailWord.safeParse(config.adminEmail);
  if (!email.success) throw new RangeError(`RONDO_ADMIN_EMAIL is not an e-mail address: "${config.adminEmail}"`);
  try {
    await setUp(desk, {
      person: email.data.split("@")[0]!,
      email: email.data,
      password: config.adminPassword,
      ...unattended,
    });
    return true;
  } catch (error) {
    if (!(error instanceof Refused) || error.kind !== "conflict") throw asConfiguration(error);
    await untilSomebody(desk);
    return false;
  }
}

// All of it can be changed under Settings.
const unattended: NewWorkspace = {
  name: "My company",
  currency: "EUR",
  time_zone: "UTC",
  locale: "en",
  lens: "seven_stages",
};

const asConfiguration = (error: unknown): unknown =>
  error instanceof Refused && error.kind === "invalid"
    ? new RangeError(`RONDO_ADMIN_PASSWORD: ${error.message}`)
    : error;

/** Another process makes the owner at this moment: waits for it, 30 s at most. */
async function untilSomebody(desk: Desk): Promise<void> {
  for (let tried = 0; tried < 60; tried++) {
    if (await anybody(desk.database.control)) return;
    await wait(500);
  }
  throw new Refused(
    "unavailable",
    "first-run.stuck",
    "Another process began to set Rondo up and did not finish within 30 seconds.",
  );
}

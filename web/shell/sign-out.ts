import type { SessionApi } from "#platform/auth";
import { loadBoot } from "../kit/boot.ts";
import { client } from "../kit/client.ts";

/** Ends the session and leads to the door, with nothing of it left in the page. */
export async function signOut(): Promise<void> {
  await client<SessionApi>("session").signOut({});
  await loadBoot();
  location.assign("/sign-in");
}

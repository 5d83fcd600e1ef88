import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Caller, Desk } from "../desk.ts";
import { pageInput } from "../page.ts";
import { givenRole } from "../people/given-role.ts";
import { createKey, keys, revokeKey } from "../people/keys.ts";
import * as word from "../words.ts";

const instant = z.iso
  .datetime({ offset: true, error: "This is not a date with a time, such as 2027-01-31T12:00:00Z." })
  .transform((text) => new Date(text));

/** API keys of the workspace. */
export const keysApi = (desk: Desk) =>
  ({
    list: endpoint({
      route: "GET /api-keys",
      may: "keys.manage",
      summary: "API keys that have not been revoked",
      input: z.object(pageInput),
      run: (caller: Caller, page) => keys(caller, page),
    }),
    create: endpoint({
      route: "POST /api-keys",
      may: "keys.manage",
      status: 201,
      secret: true,
      summary: "Make an API key; it is shown this once",
      input: z.object({ name: word.line(80), role: givenRole, expires_at: instant.nullish() }),
      run: (caller: Caller, given) => createKey(desk, caller, given),
    }),
    revoke: endpoint({
      route: "DELETE /api-keys/{id}",
      may: "keys.manage",
      status: 204,
      summary: "End an API key",
      input: z.object({ id: word.id }),
      run: (caller: Caller, given) => revokeKey(desk, caller, given.id),
    }),
  }) as const;

export type KeysApi = ReturnType<typeof keysApi>;

import { accountType, contactType } from "#customers";
import type { Ctx } from "#platform/context";
import { createRecord } from "#records";

/** A contact of that name; answers its id. */
export const customer = async (ctx: Ctx, name: string, account_id: string | null = null): Promise<string> =>
  (await createRecord(ctx, contactType, { name, account_id })).id;

/** An account of that name; answers its id. */
export const company = async (ctx: Ctx, name: string): Promise<string> =>
  (await createRecord(ctx, accountType, { name })).id;

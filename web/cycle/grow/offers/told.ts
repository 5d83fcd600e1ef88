import type { CodeTold, GoodTold, OnOrder, PromotionsApi, Report, UseTold } from "#grow/offers";
import { client } from "../../../kit/client.ts";
import type { Sent } from "../../../customers/told.ts";

export type { GoodTold, OnOrder, Report };
/** A use and a code as JSON brings them. */
export type Use = Sent<UseTold>;
export type Code = Sent<CodeTold>;

/** The endpoints of promotions. */
export const promotions = () => client<PromotionsApi>("promotions");

export { promotion, promotionType, type Promotion } from "./promotion.ts";
export { makeCodes, shownCode, type CodeTold, type NewCodes } from "./codes.ts";
export { redeemCode } from "./use.ts";
export { offersConsumer } from "./consumer.ts";
export type { OnOrder, Report, UseTold } from "./queries.ts";
export type { GoodTold } from "./scope.ts";
export { refusals } from "./refusals.ts";
export { forgetPromotions, forgetUsesOf } from "./forget.ts";
export type { PromotionsApi } from "./api.ts";

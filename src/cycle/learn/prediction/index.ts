export type { Prediction, ModelTold } from "./queries.ts";
export { learnAnew, learnJob, learnSoon, predictionConsumer, runDue } from "./runs.ts";
export { fitBuying, ordersAhead, ordersOfNew, seesGoing, stillThere, type Buying } from "./buying.ts";
export { fitSpending, worthOfOrder, type Spending } from "./spending.ts";
export { learn, type Past } from "./learn.ts";
export { modelTold, predictionOf } from "./queries.ts";
export { aheadOf, year, type History } from "./ahead.ts";
export type { PredictionsApi } from "./api.ts";

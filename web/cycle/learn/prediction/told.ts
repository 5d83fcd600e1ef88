import type { PredictionsApi } from "#learn/prediction";
import { client } from "../../../kit/client.ts";

/*
 * Words we use
 *   expected   what a customer is going to order, as the model that was learnt from the company's own orders says it
 */
export const predictions = () => client<PredictionsApi>("predictions");

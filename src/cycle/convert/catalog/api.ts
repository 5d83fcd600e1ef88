import { creatingEndpoints, recordEndpoints } from "#records";
import { productType } from "./product.ts";

export const productsApi = { ...recordEndpoints(productType), ...creatingEndpoints(productType) };

import audience from "../cycle/attract/audience/module.ts";
import catalog from "../cycle/convert/catalog/module.ts";
import customers from "../customers/module.ts";
import demo from "./demo/module.ts";
import imports from "../records/import/module.ts";
import jobs from "../platform/jobs/module.ts";
import orders from "../cycle/deliver/orders/module.ts";
import payments from "../cycle/deliver/payments/module.ts";
import shops from "../cycle/deliver/shops/module.ts";
import type { Module } from "./module.ts";

/** The product's table of contents, in the order of the cycle: a module may ask those above it, never those below. */
export const modules: readonly Module[] = [jobs, imports, customers, audience, catalog, orders, payments, shops, demo];

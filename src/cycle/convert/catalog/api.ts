import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { isCurrency } from "#kernel/money";
import type { Ctx } from "#platform/context";
import { creatingEndpoints, recordEndpoints } from "#records";
import { priceFor } from "./price-for.ts";
import { priceListType } from "./price-list.ts";
import { pricesOf } from "./prices-of.ts";
import { productType } from "./product.ts";
import { dropPrice, setPrice } from "./set-price.ts";

const byId = z.object({ id: z.uuid() });
const quantity = z.string().regex(/^\d{1,13}(\.\d{1,6})?$/, 'A quantity is written like "12.5".');
const day = z.iso.date("A date is written YYYY-MM-DD.");
const inCalendar = day.refine((v) => v >= "1970-01-01" && v <= "2199-12-31", "A day between 1970 and 2199.");
const currency = z.string().toUpperCase().refine(isCurrency, "This is not an ISO 4217 currency.");

export const productsApi = {
  ...recordEndpoints(productType),
  ...creatingEndpoints(productType),
  prices: endpoint({
    route: "GET /products/{id}/prices",
    may: "products.read",
    summary: "What a product costs by list, quantity and day",
    input: byId,
    run: async (ctx: Ctx, { id }) => ({ items: await pricesOf(ctx, id) }),
  }),
  price: endpoint({
    route: "GET /products/{id}/price",
    may: "products.read",
    summary: "What a product costs in a currency on a day from a quantity on; null when nothing says",
    input: byId.extend({
      currency,
      at: inCalendar.optional(),
      quantity: quantity.optional(),
      price_list_id: z.uuid().optional(),
    }),
    run: async (ctx: Ctx, { id, ...asked }) => ({ price: await priceFor(ctx, { product_id: id, ...asked }) }),
  }),
  setPrice: endpoint({
    route: "POST /products/{id}/prices",
    may: "products.update",
    summary: "Set what a product costs in a list from a day on; the former price ends the day before",
    input: byId.extend({
      price_list_id: z.uuid(),
      unit_price: z.int("An amount is a whole number of minor units (cents).").min(0).max(1e15),
      min_qty: quantity.refine((v) => Number(v) > 0, "A quantity is above zero.").optional(),
      valid_from: inCalendar.optional(),
      valid_to: inCalendar.nullish(),
    }),
    status: 201,
    run: async (ctx: Ctx, { id, ...price }) => {
      const entry = await setPrice(ctx, { product_id: id, ...price });
      return { id: entry, items: await pricesOf(ctx, id) };
    },
  }),
  dropPrice: endpoint({
    route: "DELETE /prices/{id}",
    may: "products.update",
    summary: "Take back a price that is not valid yet",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => dropPrice(ctx, id),
  }),
};

export const priceListsApi = { ...recordEndpoints(priceListType), ...creatingEndpoints(priceListType) };

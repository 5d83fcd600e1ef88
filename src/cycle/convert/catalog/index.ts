export { product, productType } from "./product.ts";
export { productsFor, type NamedProduct } from "./products-for.ts";
export { saveProducts, type ProductItem, type SavedProduct } from "./save-products.ts";
export { priceFor, dayIn, type PriceAsked, type PriceFound } from "./price-for.ts";
export { priceListType } from "./price-list.ts";
export { setPrice, dropPrice, type NewPrice } from "./set-price.ts";
export type { PriceLine } from "./prices-of.ts";
export type { productsApi, priceListsApi } from "./api.ts";
export { forgetProducts, leaveVendors, forgetPriceLists } from "./forget.ts";

export { product, productType } from "./product.ts";
export { productsFor, type NamedProduct } from "./products-for.ts";
export { saveProducts, type ProductItem, type SavedProduct } from "./save-products.ts";
export type { productsApi } from "./api.ts";
export { forgetProducts, leaveVendors } from "./forget.ts";

export { product, productType } from "./product.ts";
export { productsFor, type NamedProduct } from "./products-for.ts";

import { carry } from "#records";

carry({ table: "products", column: "vendor_id", to: "account" });

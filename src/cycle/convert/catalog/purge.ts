import { tie } from "#records";

tie({ table: "products", column: "vendor_id", of: "account", end: "clears" });

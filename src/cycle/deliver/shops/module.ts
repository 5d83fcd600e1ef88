import "./import-orders.ts";

/** What shops tell us: files of orders now, mirrors of shop systems later. */
export default { name: "shops" };

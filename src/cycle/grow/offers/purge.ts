import { beforePurge, tie } from "#records";
import { forgetUsesOf } from "./forget.ts";

tie({ table: "promotion_uses", column: "promotion_id", of: "promotion", end: "holds", by: "order" });
beforePurge("contact", forgetUsesOf);

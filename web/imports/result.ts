import { count, money } from "../kit/format.ts";
import type { Import, ImportResult } from "./told.ts";

/** Where what was imported is listed: its own list; the segment that people were put into; the price lists of prices. */
export function listOf({ object, options }: Pick<Import, "object" | "options">): string {
  const segment = options?.["segment_id"];
  if (object === "segment_members") return typeof segment === "string" ? `/segments/${segment}` : "/segments";
  return object === "prices" ? "/price_lists" : `/${object}`;
}

/** One sentence about what an import came to, as a message with its values. */
export function headline(result: ImportResult): { message: string; values: Record<string, string> } {
  const line = (key: string) => result.lines.find((one) => one.key === key);
  const [orders, fresh, here] = ["orders", "customers_new", "already_here"].map((key) => line(key)?.count ?? 0);
  const sum = line("orders")?.amount;
  if (result.created === 0 && (here ?? 0) > 0) return { message: "Everything in this file was here already; nothing changed", values: {} };
  if (result.created === 0) return { message: "Nothing new came out of this file", values: {} };
  if (orders && sum !== undefined && fresh) return { message: "{orders} orders worth {sum}, and {fresh} new customers", values: { orders: count(orders), sum: money(sum), fresh: count(fresh) } };
  if (orders && sum !== undefined) return { message: "{orders} orders worth {sum}", values: { orders: count(orders), sum: money(sum) } };
  return { message: "{n} new records", values: { n: count(result.created) } };
} // prettier-ignore

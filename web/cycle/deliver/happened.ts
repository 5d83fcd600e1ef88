import { money } from "../../kit/format.ts";
import { say } from "../../kit/i18n.ts";
import type { Happened } from "../../kit/timeline/Timeline.tsx";
import type { ChangeSet, GoodsReturn, Order, Payment } from "./told.ts";

const methods: Readonly<Record<string, string>> = {
  card: "Card",
  bank_transfer: "Bank transfer",
  direct_debit: "Direct debit",
  cash: "Cash",
  wallet: "Wallet",
  cheque: "Cheque",
  other: "Other",
};
/** How money moved, for choosing and for telling. */
export const methodWords = (method: string): string =>
  methods[method] ?? (method === "imported" ? "Imported" : method.replaceAll("_", " "));
export const methodNames = Object.keys(methods);

const changed = (set: ChangeSet): Pick<Happened, "sentence" | "tone"> | undefined => {
  const fields = set.fields ?? {};
  if (fields["cancelled_at"]?.[1]) return { sentence: set.reason ? say("Cancelled: {reason}", { reason: set.reason }) : say("Cancelled"), tone: "red" };
  if (fields["status"]?.[0] === "cancelled") return { sentence: say("Opened again"), tone: "teal" };
  if (fields["lines"]) return { sentence: say("Lines changed"), tone: "gray" };
  const names = Object.keys(fields).filter((name) => !/^(?:version|updated_at|to_base|base_total|total)$/.test(name));
  if (set.action !== "updated" || names.length === 0) return undefined;
  return { sentence: say("Changed: {fields}", { fields: names.map((name) => name.replace(/_id$/, "").replaceAll("_", " ")).join(", ") }), tone: "gray" };
}; // prettier-ignore

const isImport = (source: string | null): source is string => source !== null && source !== "" && source !== "by hand";

/** What happened to an order, newest first: placing, money, returns and changes, each once; at the same instant what follows from the placing stands above it. */
export function happened(
  order: Order,
  payments: readonly Payment[],
  returns: readonly GoodsReturn[],
  history: readonly ChangeSet[],
): Happened[] {
  const by = history.find((set) => set.action === "created")?.actor.name;
  const placed: Happened = {
    id: "placed",
    name: "order.placed",
    occurred_at: order.placed_at,
    sentence: say("Placed, {sum}", { sum: money(order.total, order.currency) }),
    tone: "teal",
    detail: isImport(order.source) ? say("From {source}", { source: order.source }) : by && say("By {name}", { name: by }),
  };
  const moved = payments.map((one): Happened => ({
    id: one.id,
    name: one.kind === "payment" ? "payment.received" : "payment.refunded",
    occurred_at: one.received_at,
    sentence: one.kind === "payment" ? say("{sum} received", { sum: money(one.amount, one.currency) }) : say("{sum} given back", { sum: money(one.amount, one.currency) }),
    tone: one.kind === "payment" ? "green" : "red",
    detail: [say(methodWords(one.method)), one.reference].filter(Boolean).join(" · "),
  }));
  const back = returns.map((one): Happened => ({
    id: one.id,
    name: "order.returned",
    occurred_at: one.returned_at,
    sentence: say("Came back: {what}", { what: one.lines.map((line) => `${line.quantity} × ${line.description}`).join(", ") }),
    tone: "red",
    detail: [money(one.total, one.currency), one.reason].filter(Boolean).join(" · "),
  }));
  const changes = history.flatMap((set): Happened[] => {
    const words = changed(set);
    return words ? [{ id: set.set_id, name: "order.updated", occurred_at: set.at, ...words, detail: say("By {name}", { name: set.actor.name }) }] : [];
  });
  return [...changes, ...back, ...moved, placed].toSorted((a, b) => Date.parse(b.occurred_at) - Date.parse(a.occurred_at));
} // prettier-ignore

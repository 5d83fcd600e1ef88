import { objectOf } from "../../kit/boot.ts";
import { money } from "../../kit/format.ts";
import { say } from "../../kit/i18n.ts";
import type { Happened } from "../../kit/timeline/Timeline.tsx";
import type { Bill, Cancellation, ChangeSet, GoodsReturn, Order, Part, Payment, Shipment } from "./told.ts";

const methods: Readonly<Record<string, string>> = {
  card: "Card",
  bank_transfer: "Bank transfer",
  direct_debit: "Direct debit",
  cash: "Cash",
  wallet: "Wallet",
  cheque: "Cheque",
  voucher: "Voucher",
  other: "Other",
};
/** How money moved, for choosing and for telling. */
export const methodWords = (method: string): string =>
  methods[method] ?? (method === "imported" ? "Imported" : method.replaceAll("_", " "));
// A voucher pays by its code, where its points are reckoned.
export const methodNames = Object.keys(methods).filter((name) => name !== "voucher");

const changed = (set: ChangeSet): Pick<Happened, "sentence" | "tone"> | undefined => {
  const fields = set.fields ?? {};
  if (fields["cancelled_at"]?.[1]) return { sentence: set.reason ? say("Cancelled: {reason}", { reason: set.reason }) : say("Cancelled"), tone: "red" };
  if (fields["status"]?.[0] === "cancelled") return { sentence: say("Opened again"), tone: "teal" };
  // Told by the cancellation or the shipment itself.
  if (fields["cancelled_lines"] || fields["shipment"]) return undefined;
  if (fields["lines"]) return { sentence: say("Lines changed"), tone: "gray" };
  const names = Object.keys(fields).filter((name) => !/^(?:version|updated_at|to_base|base_total|total)$/.test(name));
  if (set.action !== "updated" || names.length === 0) return undefined;
  return { sentence: say("Changed: {fields}", { fields: names.map(fieldWords).join(", ") }), tone: "gray" };
}; // prettier-ignore

// A field of the company's own goes by its label.
const fieldWords = (name: string): string =>
  (name.startsWith("custom.") && objectOf("orders")?.fields.find((field) => field.name === name)?.label) || name.replace(/_id$/, "").replaceAll("_", " "); // prettier-ignore

const isImport = (source: string | null): source is string => source !== null && source !== "" && source !== "by hand";

const goods = (lines: readonly Part[]): string =>
  lines.map((line) => `${line.quantity} × ${line.description}`).join(", ");

export interface More {
  shipments: readonly Shipment[];
  bills: readonly Bill[];
  cancellations: readonly Cancellation[];
}
const nothing: More = { shipments: [], bills: [], cancellations: [] };

/** Parcels that left and came, papers that were issued, parts that were cancelled. */
const went = ({ shipments, bills, cancellations }: More): Happened[] => [
  ...shipments.flatMap((one): Happened[] => [
    { id: one.id, name: "shipment.sent", occurred_at: one.shipped_at, sentence: say("Shipment {number} sent", { number: one.number }), tone: "teal", detail: goods(one.lines) },
    ...(one.delivered_at ? [{ id: `${one.id} arrived`, name: "shipment.delivered", occurred_at: one.delivered_at, sentence: say("Shipment {number} arrived", { number: one.number }), tone: "green" as const, detail: goods(one.lines) }] : []),
  ]),
  ...bills.map((one): Happened => ({
    id: one.id,
    name: one.kind === "invoice" ? "invoice.issued" : "invoice.credited",
    occurred_at: one.issued_at,
    sentence: say(one.kind === "invoice" ? "Invoice {number} over {sum}" : "Credit note {number} over {sum}", { number: one.number, sum: money(one.total, one.currency) }),
    tone: one.kind === "invoice" ? "teal" : "red",
    detail: one.reason ?? "",
  })),
  ...cancellations.map((one): Happened => ({
    id: one.act_id, name: "order.reduced", occurred_at: one.cancelled_at, sentence: say("Cancelled: {what}", { what: goods(one.lines) }), tone: "red", detail: one.reason,
  })),
]; // prettier-ignore

/** What happened to an order, newest first: placing, money, returns and changes, each once; at the same instant what follows from the placing stands above it. */
export function happened(
  order: Order,
  payments: readonly Payment[],
  returns: readonly GoodsReturn[],
  history: readonly ChangeSet[],
  more: More = nothing,
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
    to: `/payments/${one.id}`,
    name: one.kind === "payment" ? "payment.received" : "payment.refunded",
    occurred_at: one.received_at,
    sentence: one.kind === "payment" ? say("{sum} received", { sum: money(one.amount, one.currency) }) : say("{sum} given back", { sum: money(one.amount, one.currency) }),
    tone: one.kind === "payment" ? "green" : "red",
    detail: [say(methodWords(one.method)), one.reference, one.reason].filter(Boolean).join(" · "),
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
  return [...changes, ...went(more), ...back, ...moved, placed].toSorted((a, b) => Date.parse(b.occurred_at) - Date.parse(a.occurred_at));
} // prettier-ignore

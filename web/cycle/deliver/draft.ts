import type { Line, LineGiven } from "./told.ts";
import { decimalText, lineTotal, taxOn } from "./amounts.ts";

/** A line as it is being typed. */
export interface LineDraft {
  key: number;
  product_id: string | null;
  title: string;
  description: string;
  quantity: string;
  price: string;
  /** What was agreed about the line beside what is typed here; goes along with it. */
  agreed?: Agreed | undefined;
}
/** A line as it was agreed: minor units, decimal texts. */
export type Agreed = Pick<Line, "product_id" | "quantity" | "unit_price" | "ships" | "discount" | "tax_rate" | "tax">;

let next = 1;
/** An empty line: one of something. */
export const freshLine = (): LineDraft => ({ key: next++, product_id: null, title: "", description: "", quantity: "1", price: "" }); // prettier-ignore

/** Whether nothing was typed into a line, so that it is not sent. */
export const isBlank = (line: LineDraft): boolean => !line.product_id && line.description.trim() === "" && line.price.trim() === ""; // prettier-ignore

export interface LineRefusal {
  key: number;
  field: "description" | "quantity" | "unit_price";
  message: string;
}

/** The lines as they are sent, or what is no number in them. Blank ones are left out. */
export function linesOf(
  drafts: readonly LineDraft[],
  noNumber: string,
): { lines: LineGiven[]; keys: number[]; refused: LineRefusal[] } {
  const told = drafts.filter((draft) => !isBlank(draft));
  const refused: LineRefusal[] = [];
  const lines = told.map((draft): LineGiven => {
    const quantity = decimalText(draft.quantity);
    const price = decimalText(draft.price);
    if (quantity === undefined) refused.push({ key: draft.key, field: "quantity", message: noNumber });
    if (price === undefined && draft.price.trim() !== "") refused.push({ key: draft.key, field: "unit_price", message: noNumber }); // prettier-ignore
    const description = draft.description.trim();
    return { product_id: draft.product_id, quantity: quantity ?? "", ...(description ? { description } : {}), ...(price === undefined ? {} : { unit_price: price }), ...alongOf(draft, quantity, price) }; // prettier-ignore
  });
  return { lines, keys: told.map((draft) => draft.key), refused };
}

const asAgreed = ({ agreed }: LineDraft, quantity: string | undefined, price: string | undefined): boolean =>
  agreed !== undefined && Number(agreed.quantity) === Number(quantity) && Number(agreed.unit_price) === Number(price);

/** Discount and tax rate stay with a line; its tax, which may have been reckoned otherwise, while it costs the same; whether it is sent, while it is of the same product. */
function alongOf(draft: LineDraft, quantity: string | undefined, price: string | undefined): Partial<LineGiven> {
  const { agreed } = draft;
  if (!agreed) return {};
  return {
    discount: agreed.discount,
    tax_rate: agreed.tax_rate,
    ...(asAgreed(draft, quantity, price) ? { tax: agreed.tax } : {}),
    ...(agreed.product_id === draft.product_id ? { ships: agreed.ships } : {}),
  };
}

/** What the customer pays for a line as it is typed, minor units, at `listed` when no price is; undefined while that is no number. */
export function costOf(draft: LineDraft, listed: string | undefined, currency: string): number | undefined {
  const quantity = decimalText(draft.quantity);
  const price = draft.price.trim() ? decimalText(draft.price) : listed;
  const goods = lineTotal(quantity, price, currency);
  const { agreed } = draft;
  if (goods === undefined || !agreed) return goods;
  const net = goods - agreed.discount;
  return net + (asAgreed(draft, quantity, price) ? agreed.tax : taxOn(net, agreed.tax_rate));
}

/** The server's words about "lines.1.quantity", at the line that was sent second. */
export const refusalsOf = (errors: readonly { field: string; message: string }[], keys: readonly number[]): LineRefusal[] =>
  errors.flatMap(({ field, message }) => {
    const [, at, name] = /^lines\.(\d+)\.(\w+)$/.exec(field) ?? [];
    const key = keys[Number(at)];
    if (key === undefined || !name) return [];
    const shown = name === "quantity" || name === "unit_price" ? name : "description";
    return [{ key, field: shown, message }];
  }); // prettier-ignore

export interface NewOrderSearch {
  contact?: string;
  account?: string;
  /** The fact it comes of. */
  because?: string;
}

const isId = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f-]{36}$/i.test(value);

/** For whom a new order is, from the address. */
export const newOrderSearch = ({ contact, account, because }: Record<string, unknown>): NewOrderSearch => ({
  ...(isId(contact) ? { contact } : {}),
  ...(isId(account) ? { account } : {}),
  ...(isId(because) ? { because } : {}),
});

import type { LineGiven } from "./told.ts";
import { decimalText } from "./amounts.ts";

/** A line as it is being typed. */
export interface LineDraft {
  key: number;
  product_id: string | null;
  title: string;
  description: string;
  quantity: string;
  price: string;
}

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
    return { product_id: draft.product_id, quantity: quantity ?? "", ...(description ? { description } : {}), ...(price === undefined ? {} : { unit_price: price }) }; // prettier-ignore
  });
  return { lines, keys: told.map((draft) => draft.key), refused };
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
}

const isId = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f-]{36}$/i.test(value);

/** For whom a new order is, from the address. */
export const newOrderSearch = ({ contact, account }: Record<string, unknown>): NewOrderSearch => ({
  ...(isId(contact) ? { contact } : {}),
  ...(isId(account) ? { account } : {}),
});

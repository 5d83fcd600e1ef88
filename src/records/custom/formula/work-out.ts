import { exponentOf, unusualCurrencies } from "#kernel/money";
import type { Query } from "../../condition/words.ts";
import { column, quoted } from "../../condition/words.ts";
import { customKey } from "../definition.ts";
import { customScalar } from "../../condition/custom.ts";
import type { Field, FieldType, ObjectDescription } from "../../object.ts";
import { functions, signs } from "./functions.ts";
import { parseFormula, unfit, type Node } from "./parse.ts";
import { literal, type Worth, type WorthType } from "./worth.ts";

/** What a formula may ask about its record. */
export interface Asked {
  object: ObjectDescription;
  /** The company's currency. */
  currency: string;
  /** The field of that name, worked-out ones too; throws when it is not there or cannot be worked out. */
  field: (name: string) => Field;
}

const types: Partial<Record<FieldType, WorthType>> = {
  number: "number", integer: "number", money: "money", boolean: "boolean", date: "date", datetime: "date",
  text: "text", long_text: "text", email: "text", phone: "text", url: "text", country: "text", currency: "text", choice: "text",
}; // prettier-ignore

/** How many whole units one of the smallest unit is, as SQL. */
function unitOf(currency: string | undefined, alias: string, usual: string): string {
  const of = (exponent: number): string => String(10 ** -exponent);
  if (currency === undefined) return of(exponentOf(usual));
  const column = `${alias === "" ? "" : `${alias}.`}"${currency}"`;
  const unusual = unusualCurrencies.map(([exponent, codes]) => `when ${column} in (${codes.map((c) => `'${c}'`).join(",")}) then ${of(exponent)}`); // prettier-ignore
  return `(case when ${column} is null then ${of(exponentOf(usual))} ${unusual.join(" ")} else 0.01 end)`;
}

const scalarAt = (field: Field, object: ObjectDescription, alias: string, query: Query): string =>
  customKey(field.name) === undefined
    ? alias === ""
      ? quoted(field.name)
      : column({ object, alias }, field.name)
    : `(${customScalar(alias, field, query)})`;

/** What a field comes to: a time is its day in UTC, a choice the value it is kept under. */
function worthOf({ object, currency: usual, field: find }: Asked, name: string, at: number): Worth {
  const field = find(name);
  const type = types[field.type];
  if (!type) throw unfit(`“${field.label}” cannot stand in a formula.`, at);
  const { currency_field } = field;
  const custom = customKey(name) !== undefined;
  const sql = (alias: string, query: Query): string => {
    const scalar = scalarAt(field, object, alias, query);
    if (type === "money") return `(${scalar}::numeric * ${unitOf(currency_field, alias, usual)})`;
    if (type === "number") return custom ? scalar : `${scalar}::numeric`;
    if (type === "text") return `nullif(${scalar}, '')`;
    if (type === "boolean") return scalar;
    if (custom) return `formula_day(${scalar})`;
    return field.type === "date" ? scalar : `((${scalar} at time zone 'UTC')::date)`;
  };
  return {
    type,
    sql,
    parts: field.worked?.parts ?? 1,
    ...(type === "money" && currency_field ? { currency: currency_field } : {}),
    ...(field.worked?.moving ? { moving: true } : {}),
  };
}

function nodeWorth(node: Node, asked: Asked): Worth {
  if ("number" in node) return { type: "number", parts: 1, literal: node.number, sql: () => `${node.number}::numeric` };
  if ("text" in node)
    return { type: "text", parts: 1, literal: node.text, sql: () => (node.text === "" ? "null::text" : literal(node.text)) }; // prettier-ignore
  if ("field" in node) {
    if (node.field === "true" || node.field === "false") return { type: "boolean", parts: 1, sql: () => node.field };
    return worthOf(asked, node.field, node.at);
  }
  const args = node.args.map((arg) => nodeWorth(arg, asked));
  checkChoices(node, asked);
  const { call, sign } = node;
  const make = sign ? signs[call] : Object.hasOwn(functions, call) ? functions[call]!.make : undefined;
  if (!make) throw unfit(`There is no “${node.call}”. There are ${Object.keys(functions).join(", ")}.`, node.at);
  return make(args);
}

// A choice that does not exist would make a comparison never true, and nobody would see why.
function checkChoices(node: Extract<Node, { call: string }>, asked: Asked): void {
  if (node.call !== "=" && node.call !== "!=") return;
  for (const [a, b] of [node.args, node.args.toReversed()]) {
    if (!a || !b || !("field" in a) || !("text" in b) || b.text === "") continue;
    const { choices, label } = asked.field(a.field);
    if (choices && !choices.some((c) => c.value.toLowerCase() === b.text.toLowerCase()))
      throw unfit(`“${label}” has no choice “${b.text}”. It has ${choices.map((c) => `“${c.value}”`).join(", ")}.`, b.at);
  }
} // prettier-ignore

const longest = 500;
/** A worth as a field's value is kept and compared: amounts in the smallest unit, days as text, texts of what an index can hold. */
const kept: Record<WorthType, (sql: string, unit: string) => string> = {
  number: (sql) => `formula_number(${sql})`,
  money: (sql, unit) => `round(formula_number(${sql}) / ${unit})`,
  text: (sql) => `left(${sql}, ${longest})`,
  date: (sql) => `formula_day_text(${sql}) collate "C"`,
  boolean: (sql) => sql,
};

/** The formula's type, and its SQL as that of any field. @throws Refused at "formula" when it makes no sense. */
export function workOut(source: string, asked: Asked): Pick<Field, "type" | "currency_field" | "worked"> {
  const worth = nodeWorth(parseFormula(source), asked);
  const { type, sql, currency, moving = false, parts } = worth;
  return {
    type,
    ...(currency ? { currency_field: currency } : {}),
    worked: {
      moving,
      parts,
      sql: (alias, query) => kept[type](sql(alias, query), type === "money" ? unitOf(currency, alias, asked.currency) : ""),
    },
  };
} // prettier-ignore

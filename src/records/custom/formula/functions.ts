import { foldSql } from "../../condition/scalar.ts";
import { unfit } from "./parse.ts";
import { literal, madeOf, oneCurrency, typeNames, type Worth, type WorthType } from "./worth.ts";

/*
 * All that a formula can do. What is empty makes sums and products empty; it is less than nothing, equals only what is empty, and
 * counts as "no". Dividing by zero comes to nothing.
 */
interface Doing {
  /** As it is offered: "round(number, digits)". */
  says: string;
  make: (args: readonly Worth[]) => Worth;
}

const isNumber = (w: Worth): boolean => w.type === "number" || w.type === "money";
const refuse = (name: string, wants: string, got: readonly Worth[]): never => {
  throw unfit(`${name} takes ${wants}, not ${got.map((w) => typeNames[w.type]).join(" and ") || "nothing"}.`);
};

const yes = (sql: string): string => `coalesce(${sql}, false)`;
const folded = (sql: string): string => `(${foldSql(sql)})`;
const add = (sign: "+" | "-", a: Worth, b: Worth): Worth => {
  if (isNumber(a) && isNumber(b))
    return madeOf(a.type === "money" || b.type === "money" ? "money" : "number", [a, b], ([x, y]) => `(${x} ${sign} ${y})`);
  if (a.type === "date" && b.type === "number")
    return madeOf("date", [a, b], ([x, y]) => `formula_later(${x}, ${sign === "-" ? `-(${y})` : y})`);
  if (a.type === "date" && b.type === "date" && sign === "-") return madeOf("number", [a, b], ([x, y]) => `(${x} - ${y})::numeric`);
  if (sign === "+" && (a.type === "text" || b.type === "text")) throw unfit("Join texts with concat(…).");
  return refuse(`“${sign}”`, "two numbers, or a day and a number", [a, b]);
}; // prettier-ignore

const times = (a: Worth, b: Worth): Worth => {
  if (!isNumber(a) || !isNumber(b)) return refuse("“*”", "two numbers", [a, b]);
  if (a.type === "money" && b.type === "money") throw unfit("An amount cannot be multiplied by an amount.");
  return madeOf(a.type === "money" || b.type === "money" ? "money" : "number", [a, b], ([x, y]) => `(${x} * ${y})`);
};
const over = (a: Worth, b: Worth): Worth => {
  if (!isNumber(a) || !isNumber(b)) return refuse("“/”", "two numbers", [a, b]);
  if (b.type === "money" && a.type === "number") throw unfit("A number cannot be divided by an amount.");
  oneCurrency([a, b]);
  const type = a.type === "money" && b.type === "number" ? "money" : "number";
  return madeOf(type, [a, b], ([x, y]) => `round(${x} / nullif(${y}, 0), 12)`);
};

/** Whether two can be compared or stand in for each other. */
const alike = (a: Worth, b: Worth): boolean => a.type === b.type || (isNumber(a) && isNumber(b));
const both = (type: WorthType) => (type === "text" ? folded : (sql: string) => sql);
const equals =
  (not: boolean) =>
  (name: string, a: Worth, b: Worth): Worth => {
    if (!alike(a, b)) return refuse(`“${name}”`, "two of one kind", [a, b]);
    oneCurrency([a, b]);
    const side = both(a.type);
    return madeOf("boolean", [a, b], ([x = "", y = ""]) => `(${side(x)} is ${not ? "" : "not "}distinct from ${side(y)})`); // prettier-ignore
  };
const ordered = (name: string, a: Worth, b: Worth): Worth => {
  if (!alike(a, b) || a.type === "text" || a.type === "boolean")
    return refuse(`“${name}”`, "two numbers or two days", [a, b]);
  oneCurrency([a, b]);
  return madeOf("boolean", [a, b], ([x, y]) => yes(`${x} ${name} ${y}`));
};
const joined =
  (word: "and" | "or") =>
  (a: Worth, b: Worth): Worth =>
    a.type === "boolean" && b.type === "boolean"
      ? madeOf("boolean", [a, b], ([x = "", y = ""]) => `(${yes(x)} ${word} ${yes(y)})`)
      : refuse(`“${word}”`, "two questions", [a, b]);

/** The one type of several that stand in for each other. */
function common(name: string, args: readonly Worth[]): WorthType {
  const [first, ...rest] = args;
  if (!first || !rest.every((w) => alike(first, w))) return refuse(name, "values of one kind", args);
  return args.some((w) => w.type === "money") ? "money" : first.type;
}

/** A value as it stands in a text; '' when empty. */
const written: Record<WorthType, (sql: string) => string> = {
  number: (x) => `coalesce(trim_scale(round(${x}, 6))::text, '')`, money: (x) => `coalesce(round(${x}, 2)::text, '')`, text: (x) => `coalesce(${x}, '')`,
  date: (x) => `coalesce(formula_day_text(${x}), '')`, boolean: (x) => `case ${x} when true then 'yes' when false then 'no' else '' end`,
}; // prettier-ignore

const counted = (name: string, args: readonly Worth[], least: number, most = least): void => {
  if (args.length < least || args.length > most)
    throw unfit(`Write ${functions[name]?.says ?? name}: it was given ${args.length} values.`);
};
const one = (name: string, takes: readonly WorthType[], gives: (of: Worth) => WorthType, sql: (x: string) => string) => ({
  says: `${name}(${takes[0]})`,
  make: (args: readonly Worth[]): Worth => {
    counted(name, args, 1);
    const [arg] = args as [Worth];
    if (!takes.includes(arg.type)) return refuse(name, typeNames[takes[0]!], [arg]);
    return madeOf(gives(arg), [arg], ([x = ""]) => sql(x));
  },
}); // prettier-ignore
const same = (of: Worth): WorthType => of.type;
const numbers = ["number", "money"] as const;
const most = 20;
const extreme = (name: "min" | "max"): Doing => ({
  says: `${name}(a, b, …)`,
  make: (args) => {
    counted(name, args, 2, most);
    const type = common(name, args);
    if (type === "text" || type === "boolean") return refuse(name, "numbers or days", args);
    return madeOf(type, args, (sqls) => `${name === "min" ? "least" : "greatest"}(${sqls.join(", ")})`);
  },
});

/** What stands before parentheses. */
export const functions: Record<string, Doing> = {
  if: {
    says: "if(question, then, else)",
    make: (args) => {
      counted("if", args, 2, 3);
      const [question, ...values] = args as [Worth, Worth];
      if (question.type !== "boolean") return refuse("if", "a question first", [question]);
      return madeOf(common("if", values), args, ([q, then, other]) => `(case when ${q} then ${then}${other === undefined ? "" : ` else ${other}`} end)`); // prettier-ignore
    },
  },
  concat: {
    says: 'concat(a, " ", b, …)',
    make: (args) => {
      counted("concat", args, 1, most);
      return madeOf("text", args, (sqls) => `nullif(${sqls.map((x, i) => written[args[i]!.type](x)).join(" || ")}, '')`);
    },
  },
  round: {
    says: "round(number, digits)",
    make: (args) => {
      counted("round", args, 1, 2);
      const [arg, digits] = args as [Worth, Worth?];
      if (!isNumber(arg)) return refuse("round", "a number", [arg]);
      if (digits && !/^[0-6]$/.test(digits.type === "number" ? (digits.literal ?? "") : "")) throw unfit("The digits of round are a number from 0 to 6."); // prettier-ignore
      return madeOf(arg.type, [arg], ([x]) => `round(${x}, ${digits?.literal ?? "0"})`);
    },
  },
  abs: one("abs", numbers, same, (x) => `abs(${x})`),
  floor: one("floor", numbers, same, (x) => `floor(${x})`),
  ceil: one("ceil", numbers, same, (x) => `ceil(${x})`),
  min: extreme("min"),
  max: extreme("max"),
  len: one("len", ["text"], () => "number", (x) => `coalesce(char_length(${x}), 0)::numeric`),
  upper: one("upper", ["text"], same, (x) => `upper(${x} collate "und-x-icu")`),
  lower: one("lower", ["text"], same, (x) => `lower(${x} collate "und-x-icu")`),
  contains: {
    says: "contains(text, part)",
    make: (args) => {
      counted("contains", args, 2);
      if (args.some((w) => w.type !== "text")) return refuse("contains", "two texts", args);
      return madeOf("boolean", args, ([x = "", y = ""]) => yes(`strpos(${folded(x)}, ${folded(y)}) > 0`));
    },
  },
  days: {
    says: "days(from, to)",
    make: (args) => {
      counted("days", args, 2);
      if (args.some((w) => w.type !== "date")) return refuse("days", "two days", args);
      return madeOf("number", args, ([from, to]) => `(${to} - ${from})::numeric`);
    },
  },
  year: one("year", ["date"], () => "number", (x) => `extract(year from ${x})`),
  month: one("month", ["date"], () => "number", (x) => `extract(month from ${x})`),
  today: {
    says: "today()",
    make: (args) => {
      counted("today", args, 0);
      return { type: "date", moving: true, parts: 1, sql: (_alias, query) => `${query.param(query.now.toISOString().slice(0, 10))}::text::date` };
    },
  },
  date: {
    says: 'date("2026-01-31")',
    make: (args) => {
      counted("date", args, 1);
      const day = args[0]!.type === "text" ? (args[0]!.literal ?? "") : "";
      const at = new Date(`${day}T00:00:00Z`);
      if (!/^[12]\d{3}-\d\d-\d\d$/.test(day) || Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day)) throw unfit('A day is written date("2026-01-31").'); // prettier-ignore
      return { type: "date", parts: 1, sql: () => `formula_day(${literal(day)})` };
    },
  },
  empty: {
    says: "empty(value)",
    make: (args) => {
      counted("empty", args, 1);
      return madeOf("boolean", args, ([x]) => `(${x} is null)`);
    },
  },
  ifempty: {
    says: "ifempty(value, instead)",
    make: (args) => {
      counted("ifempty", args, 2);
      return madeOf(common("ifempty", args), args, ([x, y]) => `coalesce(${x}, ${y})`);
    },
  },
}; // prettier-ignore

type Sign = (args: readonly Worth[]) => Worth;
const two =
  (make: (a: Worth, b: Worth) => Worth): Sign =>
  ([a, b]) =>
    make(a!, b!);
/** What stands between or before values. */
export const signs: Record<string, Sign> = {
  "+": two((a, b) => add("+", a, b)), "-": two((a, b) => add("-", a, b)), "*": two(times), "/": two(over),
  "=": two((a, b) => equals(false)("=", a, b)), "!=": two((a, b) => equals(true)("!=", a, b)),
  "<": two((a, b) => ordered("<", a, b)), "<=": two((a, b) => ordered("<=", a, b)), ">": two((a, b) => ordered(">", a, b)), ">=": two((a, b) => ordered(">=", a, b)),
  and: two(joined("and")), or: two(joined("or")),
  not: ([a]) => (a!.type === "boolean" ? madeOf("boolean", [a!], ([x = ""]) => `(not ${yes(x)})`) : refuse("“not”", "a question", [a!])),
  negative: ([a]) => (isNumber(a!) ? madeOf(a!.type, [a!], ([x]) => `(-${x})`) : refuse("“-”", "a number", [a!])),
}; // prettier-ignore

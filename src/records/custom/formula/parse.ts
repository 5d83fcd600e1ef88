import { invalid, type Refused } from "#kernel/refusal";

/*
 * Words we use
 *   formula   one expression over a record's own fields, as an administrator writes it: round(amount * custom.share / 100, 2)
 *   node      a part of it: a number, a text in quotes, a field, or a call; + and "and" are calls like round(...)
 * No loops, no recursion, no more nodes than said below: whatever is written ends.
 */
export type Node =
  | { number: string; at: number }
  | { text: string; at: number }
  | { field: string; at: number }
  | { call: string; args: Node[]; at: number; sign: boolean };

export const formulaAtMost = 2_000;
const nodesAtMost = 200;
const depthAtMost = 40;

/** The refusal of a formula, with where it went wrong. */
export const unfit = (message: string, at?: number): Refused =>
  invalid("formula", at === undefined ? message : `${message} (at character ${at + 1})`, "custom-field.formula");

interface Token {
  kind: "number" | "text" | "name" | "sign" | "end";
  text: string;
  at: number;
}

const shapes: readonly (readonly [Token["kind"], RegExp])[] = [
  ["number", /\d{1,15}(?:\.\d{1,10})?/y],
  ["text", /"(?:[^"\\]|\\.)*"/y],
  ["name", /[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?/iy],
  ["sign", /<=|>=|!=|<>|[-+*/()<>=,]/y],
];

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    if (/\s/.test(source.charAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    for (const [kind, shape] of shapes) {
      shape.lastIndex = at;
      const text = shape.exec(source)?.[0];
      if (text === undefined) continue;
      tokens.push({ kind, text, at });
      at += text.length;
      break;
    }
    if (at === start) throw unfit(`“${source.slice(at, at + 1)}” means nothing here.`, at);
  }
  return [...tokens, { kind: "end", text: "", at: source.length }];
}

// What binds closer comes later; signs of one line are of one rank.
const ranks = [["or"], ["and"], ["=", "!=", "<>", "<", "<=", ">", ">="], ["+", "-"], ["*", "/"]] as const;
const comparing = 2;

/** The formula as nodes. @throws Refused at "formula", saying what is wrong and where. */
export function parseFormula(source: string): Node {
  if (source.length > formulaAtMost) throw unfit(`A formula has at most ${formulaAtMost} characters.`);
  const tokens = tokensOf(source);
  let next = 0;
  let nodes = 0;
  const peek = (): Token => tokens[next]!;
  const is = (...texts: readonly string[]): boolean =>
    peek().kind !== "text" && texts.includes(peek().text.toLowerCase());
  const take = (): Token => tokens[next++]!;
  const made = (node: Node): Node => {
    nodes += 1;
    if (nodes > nodesAtMost) throw unfit(`A formula has at most ${nodesAtMost} parts; make a field of a part of it.`);
    return node;
  };
  const want = (text: string): void => {
    if (!is(text)) throw unfit(`“${text}” is missing.`, peek().at);
    take();
  };

  function ranked(rank: number, depth: number): Node {
    if (depth > depthAtMost) throw unfit(`Parentheses go at most ${depthAtMost} deep.`, peek().at);
    const signs = ranks[rank];
    if (!signs) return unary(depth);
    let left = ranked(rank + 1, depth);
    while (is(...signs)) {
      const { text, at } = take();
      const call = text === "<>" ? "!=" : text.toLowerCase();
      left = made({ call, args: [left, ranked(rank + 1, depth)], at, sign: true });
      if (rank === comparing && is(...signs)) throw unfit("Join two comparisons with “and”.", peek().at);
    }
    return left;
  }
  function unary(depth: number): Node {
    if (depth > depthAtMost) throw unfit(`Parentheses go at most ${depthAtMost} deep.`, peek().at);
    if (is("-")) return made({ at: take().at, call: "negative", args: [unary(depth + 1)], sign: true });
    // "not" reaches as far as a comparison does: not a = b is not (a = b).
    if (is("not")) return made({ at: take().at, call: "not", args: [ranked(comparing, depth + 1)], sign: true });
    return primary(depth);
  }
  function primary(depth: number): Node {
    const { kind, text, at } = take();
    if (kind === "number") return made({ number: text, at });
    if (kind === "text") return made({ text: text.slice(1, -1).replaceAll(/\\(.)/gs, "$1"), at });
    if (kind === "sign" && text === "(") {
      const inner = ranked(0, depth + 1);
      want(")");
      return inner;
    }
    if (kind === "end") throw unfit("Something is missing at the end.", at);
    if (kind !== "name" || ["and", "or"].includes(text.toLowerCase()))
      throw unfit(`“${text}” does not belong here.`, at);
    if (!is("(")) return made({ field: text, at });
    take();
    const args: Node[] = [];
    while (!is(")")) {
      args.push(ranked(0, depth + 1));
      if (!is(")")) want(",");
    }
    take();
    return made({ call: text.toLowerCase(), args, at, sign: false });
  }

  const whole = ranked(0, 0);
  if (peek().kind !== "end") throw unfit(`“${peek().text}” does not belong here.`, peek().at);
  return whole;
}

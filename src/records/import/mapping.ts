import { z } from "zod";
import type { ImportField, ImportFieldType, Importer, MappedColumn, MappingProblem, Plan } from "./importer.ts";
import { nameScore } from "./headers.ts";
import {
  type ColumnGuess,
  type ColumnKind,
  type DateFormat,
  dateFormats,
  decimalStyles,
  type TableFormat,
} from "./read/index.ts";

const dateFormat = z.enum(dateFormats as [DateFormat, ...DateFormat[]]);
const target = z.strictObject({
  field: z.string().max(80),
  decimals: z.enum(decimalStyles).optional(),
  dates: dateFormat.optional(),
});
type Target = z.output<typeof target>;

/** Column name -> field, with the way it is written where the person confirmed one; kept with the import. */
export const Mapping = z
  .record(
    z.string().max(200),
    z.union([
      z
        .string()
        .max(80)
        .transform((field): Target => ({ field })),
      target,
    ]),
  )
  .refine((m) => Object.keys(m).length <= 1000, "At most 1,000 columns.");
export type Mapping = z.output<typeof Mapping>;

// Which kinds of values may stand in a field; a text may hold anything.
const fitting: Partial<Record<ImportFieldType, readonly ColumnKind[]>> = {
  decimal: ["integer", "decimal", "empty"],
  datetime: ["date", "datetime", "integer", "empty"],
  email: ["email", "empty"],
  boolean: ["boolean", "integer", "empty"],
};

const fits = (field: ImportField, guess: ColumnGuess): boolean => {
  if (field.type === "datetime" && guess.kind === "integer") return guess.dates.length > 0;
  return fitting[field.type]?.includes(guess.kind) ?? true;
};

/** How surely a column is a field: by marks in its values 101, by its name up to 100, without one by its values. */
function score(field: ImportField, guess: ColumnGuess): number {
  if (field.marks && guess.examples.length > 0 && guess.examples.every((e) => field.marks!.test(e))) return 101;
  const named = nameScore(guess.name, field.synonyms);
  // A column called "E-Mail" with a few wrong addresses in it is still that.
  if (!fits(field, guess)) return field.type === "email" && guess.kind === "text" && named >= 85 ? named : 0;
  if (named > 0) return named;
  if (field.type === "email" && guess.kind === "email") return 30;
  return /^Column \d+$/.test(guess.name) && field.looks?.(guess) ? 20 : 0;
}

/** Proposes a field for each column it recognises, the surest first; a field is given once. */
export function proposeMapping(
  importer: Importer,
  columns: readonly ColumnGuess[],
): { mapping: Mapping; options: Record<string, unknown> } {
  const pairs = importer.fields
    .flatMap((field, order) => columns.map((guess, at) => ({ field, guess, at, order, score: score(field, guess) })))
    .filter((pair) => pair.score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order || a.at - b.at);
  const chosen = new Map<string, (typeof pairs)[number]>();
  const taken = new Set<number>();
  for (const pair of pairs) {
    if (chosen.has(pair.field.name) || taken.has(pair.at)) continue;
    chosen.set(pair.field.name, pair);
    taken.add(pair.at);
  }
  const settled = importer.settle?.(new Set(chosen.keys())) ?? {};
  for (const name of settled.drop ?? []) chosen.delete(name);
  const mapping: Mapping = {};
  for (const { field, guess } of [...chosen.values()].sort((a, b) => a.at - b.at))
    mapping[guess.name] = targetOf(field, guess);
  return { mapping, options: settled.options ?? {} };
}

const targetOf = (field: ImportField, guess: ColumnGuess): Target => ({
  field: field.name,
  ...(field.type === "decimal" && guess.decimals[0] ? { decimals: guess.decimals[0] } : {}),
  ...(field.type === "datetime" && guess.dates[0] ? { dates: guess.dates[0] } : {}),
});

const customName = /^custom\.[a-z][a-z0-9_]{0,59}$/;

/** The field of that name, or a custom field where the object has them. */
export const fieldNamed = (importer: Importer, name: string): ImportField | undefined =>
  importer.fields.find((f) => f.name === name) ??
  (importer.custom && customName.test(name)
    ? { name, label: name.slice(7), type: "text", synonyms: [], max: 2000 }
    : undefined);

type PlanInput = {
  import_id: string;
  file: string;
  format: TableFormat;
  mapping: Mapping;
  options: unknown;
  workspace: Plan["workspace"];
};

/** The plan, and what is wrong with it in words; `guesses` fill in how numbers and dates are written. */
export function planOf(
  importer: Importer,
  input: PlanInput,
  guesses: readonly ColumnGuess[],
): { plan: Plan; problems: MappingProblem[] } {
  const problems: MappingProblem[] = [];
  const columns: MappedColumn[] = [];
  for (const [column, to] of Object.entries(input.mapping)) {
    const at = input.format.columns.indexOf(column);
    const field = fieldNamed(importer, to.field);
    if (at < 0) problems.push({ code: "column.unknown", column, message: `The file has no column "${column}".` });
    else if (!field)
      problems.push({
        code: "field.unknown",
        column,
        field: to.field,
        message: `${importer.label} have no field "${to.field}".`,
      });
    else if (columns.some((c) => c.field.name === field.name))
      problems.push({
        code: "field.twice",
        column,
        field: field.name,
        message: `Two columns are mapped to "${field.label}".`,
      });
    else {
      const guess = guesses.find((g) => g.name === column);
      const [decimals, dates] = [
        to.decimals ?? guess?.decimals[0] ?? "1,234.56",
        to.dates ?? guess?.dates[0] ?? "y-m-d",
      ];
      columns.push({ column, at, field, decimals, dates });
    }
  }
  for (const field of importer.fields)
    if (field.required && !columns.some((c) => c.field.name === field.name))
      problems.push({ code: "field.missing", field: field.name, message: `No column is mapped to "${field.label}".` });
  const options = importer.options.safeParse(input.options ?? {});
  if (!options.success)
    for (const issue of options.error.issues)
      problems.push({ code: "option.invalid", field: `options.${issue.path.join(".")}`, message: issue.message });
  const plan: Plan = {
    import_id: input.import_id,
    file: input.file,
    columns,
    options: options.success ? options.data : importer.options.parse({}),
    workspace: input.workspace,
  };
  return {
    plan,
    problems: [
      ...problems,
      ...ambiguities(plan, input.mapping, guesses),
      ...(problems.length > 0 ? [] : importer.check(plan)),
    ],
  };
}

/** Dates that read differently in two ways have to be confirmed by a person. */
const ambiguities = (plan: Plan, mapping: Mapping, guesses: readonly ColumnGuess[]): MappingProblem[] =>
  plan.columns.flatMap((c) => {
    const guess = guesses.find((g) => g.name === c.column);
    if (c.field.type !== "datetime" || !guess?.ambiguous || mapping[c.column]?.dates) return [];
    return [
      {
        code: "dates.ambiguous",
        column: c.column,
        field: c.field.name,
        message: `Column ${c.column} may be written as ${guess.dates.join(" or ")}: choose one.`,
      },
    ];
  });

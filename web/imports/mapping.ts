import type { ColumnGuess, Importable, Look, Mapping, MappingProblem, PreviewRow, Target } from "./told.ts";

/** The proposed mapping without a way to read dates where two fit: the person has to choose. */
export const unconfirmed = ({ mapping, columns }: Pick<Look, "mapping" | "columns">): Mapping =>
  Object.fromEntries(
    Object.entries(mapping).map(([column, to]) => {
      const open = to.dates !== undefined && columns.some((guess) => guess.name === column && guess.ambiguous);
      return [column, open ? { field: to.field } : to];
    }),
  );

/** The target of a column that a person gave a field: the way its values are written is taken from the guess. */
export function targetOf(field: string, importable: Importable, guess: ColumnGuess | undefined): Target {
  const type = importable.fields.find((one) => one.name === field)?.type;
  if (type === "decimal") return { field, decimals: guess?.decimals[0] ?? "1,234.56" };
  if (type !== "datetime") return { field };
  // An ambiguous column stays unconfirmed until the person has chosen.
  return guess?.ambiguous ? { field } : { field, dates: guess?.dates[0] ?? "y-m-d" };
}

/** The mapping after a column was given a field, or none; a field belongs to one column, the former one is let go. */
export function mapped(mapping: Mapping, column: string, target: Target | undefined): Mapping {
  const rest = Object.entries(mapping).filter(([name, to]) => name !== column && to.field !== target?.field);
  return Object.fromEntries(target ? [...rest, [column, target]] : rest);
}

export interface ColumnTrouble {
  count: number;
  /** The first few, each naming its row. */
  first: readonly string[];
}

/** What is wrong by column: "" holds what belongs to whole rows. */
export function troubles(rows: readonly PreviewRow[], most = 3): ReadonlyMap<string, ColumnTrouble> {
  const found = new Map<string, { count: number; first: string[] }>();
  for (const { problems } of rows)
    for (const { column, message } of problems) {
      const one = found.get(column ?? "") ?? { count: 0, first: [] };
      one.count += 1;
      if (one.first.length < most) one.first.push(message);
      found.set(column ?? "", one);
    }
  return found;
}

/** Problems of the mapping that stand at a column, at an option, or above everything. */
export function placed(problems: readonly MappingProblem[], columns: readonly string[]) {
  const at = (problem: MappingProblem): "column" | "option" | "top" =>
    problem.column !== undefined && columns.includes(problem.column)
      ? "column"
      : problem.field?.startsWith("options.")
        ? "option"
        : "top";
  const { column = [], option = [], top = [] } = Object.groupBy(problems, at);
  return { column, option, top };
}

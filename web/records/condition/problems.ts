import { createContext, useContext } from "react";
import { isProblem, type FieldError } from "../../kit/problem.ts";

const Problems = createContext<readonly FieldError[]>([]);

/** Says what the server refused of the condition edited below, by the path of each leaf. */
export const ProblemsProvider = Problems.Provider;

/** What was refused, with paths as they stand in the condition itself. */
export const problemsIn = (thrown: unknown): readonly FieldError[] =>
  isProblem(thrown) ? thrown.errors.map(({ field, message }) => ({ field: field.replace(/^(query\.)?(filter|condition)\.?/, ""), message })) : []; // prettier-ignore

/** What was refused of the leaf at the path; what belongs to a condition inside of it is told there. */
export const useProblemAt = (path: string): string | undefined =>
  useContext(Problems).find(({ field }) => {
    if (field !== path && !field.startsWith(`${path}.`) && path !== "") return false;
    return !/\b(all|any)\.\d+|\bnot\b/.test(field.slice(path.length).replace(/^\.where/, "."));
  })?.message;

// The SQL side of the one condition language, for the records core and the modules above it.
export { conditionSql, type ConditionSqlOptions } from "./sql.ts";
export { loadSubjects, type Run } from "./load.ts";
export { customIndexExpression } from "./field.ts";
export { membershipOf, registerMembership } from "./membership.ts";
export { foldSql, likeText } from "./scalar.ts";
export { typeAt } from "./words.ts";

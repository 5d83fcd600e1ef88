// The SQL side of the one condition language, for the records core and the modules above it.
export { conditionSql, type ConditionSqlOptions } from "./sql.ts";
export { loadSubjects, type Run } from "./load.ts";
export { customIndexes, customJson, customScalar, customSortKey, customUnique, type SortKey } from "./custom.ts";
export { membershipOf, registerMembership } from "./membership.ts";
export { consentsOf, registerConsents } from "./consent.ts";
export { foldSql, likeText } from "./scalar.ts";
export { idAt, jsonAt, queryOf, quoted, typeAt, type Query } from "./words.ts";

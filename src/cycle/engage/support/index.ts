export { supportCase } from "./case.ts";
export { troubleOf, type Trouble } from "./trouble.ts";
export { openCase, openCaseFor, type NewCase } from "./open.ts";
export { forgetCases } from "./forget.ts";
export { writeCases, type ToldCase, type ToldMessage } from "./write-many.ts";
export type { casesApi, slaApi } from "./api.ts";
export type { CaseStory, MessageShown, OtherCase, TargetShown } from "./queries.ts";
export type { Policy, Promises } from "./policy.ts";

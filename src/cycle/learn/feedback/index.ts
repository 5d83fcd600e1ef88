export { survey, surveyType, type Kind, type Trigger } from "./survey.ts";
export { surveysConsumer } from "./consumer.ts";
export { askDue, nextAskAt, remindDue } from "./ask.ts";
export { surveyUrl } from "./mail.ts";
export { forgetSurveys, recountSurveys } from "./forget.ts";
export type { Results, Figures, TrendPoint } from "./results.ts";
export type { AnswerTold, Answers, HeldTold, OfCustomer } from "./queries.ts";
export type { SurveysApi } from "./api.ts";

export { play, playType } from "./play.ts";
export { endLost, nextLostAt, retentionConsumer } from "./runs.ts";
export { effectOf, runsOf, runsWith, type Effect, type RunTold } from "./queries.ts";
export { forgetPlays } from "./forget.ts";
export type { PlaysApi } from "./api.ts";

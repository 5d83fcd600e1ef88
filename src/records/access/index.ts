// How far a role reaches: the one function that list, count, search, record, export, timeline, live and API ask.
export { aboveAccess, isOwned, lastLook, scopeOf } from "./scope.ts";
export { peopleIn, reachesAll, reachSql } from "./reach.ts";
export { mustReach, withinReach } from "./see.ts";
export { factReader, readableFacts } from "./facts.ts";
export { guardRecords } from "./guard.ts";
export { sieved } from "./sieve.ts";
export { inReach } from "./facts.ts";
export { baseOf } from "./roles.ts";
export { refuseUnlessAll } from "./see.ts";
export { mayRead, shownTo } from "./fields.ts";
export { inHiddenField } from "./hidden-files.ts";
export { accessOf } from "./load.ts";
export { actingNow } from "./acting.ts";

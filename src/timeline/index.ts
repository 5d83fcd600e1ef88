export {
  record,
  recordAll,
  recordFrom,
  factRow,
  newIdSql,
  onRecorded,
  announceRecorded,
  type FactInput,
  type FactRow,
} from "./record.ts";
export { cursorAt, placeOf } from "./cursor.ts";
export { withdraw } from "./withdraw.ts";
export {
  consumeOnce,
  consumeAll,
  consumersBehind,
  readOn,
  positionNow,
  enterEpoch,
  noteFailure,
  type Consumer,
  type ConsumedFact,
} from "./consume.ts";
export { chainOf, nouns as factNouns, type Chain, type ChainLink } from "./chain.ts";
export { factCounts, timelineOf, sentenceOf, wordsFor, kindsOf, type FactReader, type TimelineItem } from "./read.ts";
export {
  vocabulary,
  stages as factStages,
  stageOf,
  isFactName,
  kindOf,
  type FactName,
  type PayloadOf,
  type CycleStage,
} from "./vocabulary.ts";
export { forgetFactsOf, forgetFactsNaming, type Survivors } from "./forget.ts";

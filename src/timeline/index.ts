export {
  record,
  recordAll,
  recordFrom,
  factRow,
  onRecorded,
  announceRecorded,
  type FactInput,
  type FactRow,
} from "./record.ts";
export { withdraw } from "./withdraw.ts";
export {
  consumeOnce,
  consumeAll,
  readOn,
  positionNow,
  enterEpoch,
  noteFailure,
  type Consumer,
  type ConsumedFact,
} from "./consume.ts";
export { timelineOf, sentenceOf, wordsFor, kindsOf, type TimelineItem } from "./read.ts";
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

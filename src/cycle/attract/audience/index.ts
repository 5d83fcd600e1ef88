export { segment, segmentType } from "./segment.ts";
export { addMembers, removeMembers, gatherMembers, keepMembers, keepSegment } from "./members.ts";
export {
  findSegment,
  membersOf,
  previewOf,
  segmentsOf,
  whyOf,
  type SegmentTold,
  type Preview,
  type Member,
  type SegmentOfContact,
  type WhyTold,
} from "./queries.ts";
export { segmentsConsumer } from "./consumer.ts";
export { buildMembers } from "./build.ts";
export { nextFlipAt, runDueFlips } from "./due.ts";
export { forgetSegments, rebuildSegments } from "./forget.ts";
export type { SegmentsApi } from "./api.ts";

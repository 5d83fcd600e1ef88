import { createHash } from "node:crypto";
import type { SampleLeaf } from "./condition.ts";

/** The first 32 bits of md5(salt:id) that are still inside the sample, as an excluded upper end: 0 to 2^32. */
export const sampleThreshold = (percent: number): number => Math.ceil((percent / 100) * 4_294_967_296);

/** Whether an id belongs to the sample: the same answer for ever, and independent between salts. */
export const sampled = (leaf: SampleLeaf, id: string): boolean =>
  createHash("md5").update(`${leaf.sample.salt}:${id}`).digest().readUInt32BE(0) < sampleThreshold(leaf.sample.percent);

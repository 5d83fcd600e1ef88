import { BaseSequencer, type TestSpecification } from "vitest/node";

// What takes longest, measured: walks in a browser, kills in rounds, and the sample company.
const long = [
  /test\/browser\/(loop|figures|screens|scrolled)/,
  /demo\.test/,
  /journeys\//,
  /kill\.test/,
  /test\/browser\//,
];
const weightOf = ({ moduleId }: TestSpecification): number => {
  const at = long.findIndex((pattern) => pattern.test(moduleId));
  return at < 0 ? long.length : at;
};

/** Long files first: one that begins when all others have ended keeps one core busy and the other idle. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => weightOf(a) - weightOf(b));
  }
}

export { logGamma, normalCdf, normalQuantile, studentCdf, studentQuantile } from "./statistics/distributions.ts";
export { wilson, newcombe, zOfProportions, type Interval, type Proportion } from "./statistics/proportions.ts";
export { summed, welch, winsorised, type Sample } from "./statistics/means.ts";
export { peopleForMeans, peopleForShares, splitDiffers } from "./statistics/design.ts";

import { delimitedSplitter } from "./delimited.ts";
import type { TableFormat } from "./format.ts";
import { spacesSplitter } from "./spaces.ts";
import type { Splitter } from "./splitter.ts";

/** Cuts text into rows and cells, as a format says. */
export const splitter = (format: Pick<TableFormat, "delimiter" | "quote">): Splitter =>
  format.delimiter === "spaces" ? spacesSplitter() : delimitedSplitter(format);

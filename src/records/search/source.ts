import type { Ctx } from "#platform/context";

/** Something with words that is no record of its own and leads to one: a note to its customer. */
export interface SearchSource {
  readonly name: string;
  /** Whose permission to read opens it: "notes". */
  readonly may: string;
  /** The columns searched, of rows under the alias n. */
  readonly search: readonly string[];
  /**
   * A SELECT in parentheses of (object, id, title, subtitle, at), of rows n that pass the test and whose record the person may see
   * (`whereOf`); pushes its values on params.
   */
  readonly sql: (ctx: Ctx, test: string, params: unknown[]) => string;
}

const sources = new Map<string, SearchSource>();

/** Makes the search look there, too. */
export const registerSearchSource = (source: SearchSource): void => void sources.set(source.name, source);

/** All of them. */
export const searchSources = (): SearchSource[] => [...sources.values()];

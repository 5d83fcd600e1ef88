import type { Ctx } from "#platform/context";
import { searchesApi } from "./api.ts";
import { nextReadingAt, readWords } from "./words.ts";

/** Search keeps itself; only the words that help against slips are read in the background. */
export default {
  name: "search",
  apis: { visits: searchesApi },
  timers: [{ name: "search words", run: (ctx: Ctx) => readWords(ctx), nextAt: nextReadingAt }],
};

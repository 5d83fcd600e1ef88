import "./import.ts";
import "./merge.ts";
import "./purge.ts";
import type { Ctx } from "#platform/context";
import { quotesApi } from "./api.ts";
import { dueQuotes } from "./due.ts";
import { quotesOpen } from "./open-with.ts";
import { expireQuotes, nextExpiryAt } from "./end.ts";
import { quotePages } from "./pages.ts";

export default {
  name: "quotes",
  apis: { quotes: quotesApi },
  permissions: {
    "quotes.read": ["admin", "manager", "agent", "viewer"],
    "quotes.create": ["admin", "manager", "agent"],
    "quotes.update": ["admin", "manager", "agent"],
    "quotes.delete": ["admin", "manager"],
  },
  timers: [{ name: "quotes", run: (ctx: Ctx) => expireQuotes(ctx), nextAt: nextExpiryAt }],
  pages: quotePages,
  due: dueQuotes,
  open: quotesOpen,
} as const;

import { sql } from "kysely";
import type { Tx } from "#platform/context";
import type { ConsumedFact, Consumer } from "#timeline";
import { joinPeople } from "./join.ts";
import { keepMentions, keptThemes, type Mentioned } from "./mention.ts";
import { sources } from "./source.ts";
import { holdThemes } from "./theme.ts";

/** Keeps mentions as facts come in; who raises again what an open insight is about joins it. */
export const themesConsumer: Consumer = { name: "themes", facts: sources, apply: takeFacts };

async function takeFacts(tx: Tx, facts: readonly ConsumedFact[]): Promise<void> {
  await holdThemes(tx);
  const fresh = await keepMentions(tx, await keptThemes(tx), facts);
  if (fresh.length > 0) await joinOpen(tx, fresh);
}

async function joinOpen(tx: Tx, fresh: readonly Mentioned[]): Promise<void> {
  const { rows } = await sql<{ id: string; name: string; theme_id: string; theme: string; found_at: Date }>`
    select i.id, i.name, i.theme_id, t.name as theme, i.found_at from insights i join themes t on t.id = i.theme_id
     where i.theme_id = any(${fresh.map((f) => f.theme_id)}) and i.state <> 'closed' and i.deleted_at is null`.execute(tx.db);
  for (const insight of rows) {
    const since = fresh.filter((f) => f.theme_id === insight.theme_id && f.occurred_at >= insight.found_at);
    await joinPeople(tx, insight, since, true);
  }
} // prettier-ignore

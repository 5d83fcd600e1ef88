import { CompiledQuery, sql } from "kysely";
import { Refused } from "#kernel/refusal";
import { inTransaction, type Ctx, type Tx } from "#platform/context";
import { definitionsChanged } from "../custom/described.ts";
import { linksOf as foreignKeys, quoted, tablesOf, type TableShape } from "./catalogue.ts";
import { broken, linesOf, type Line } from "./lines.ts";
import { Foot, Manifest, migrationNames } from "./manifest.ts";
import { bringPeople } from "./people.ts";

const rowsAtOnce = 1_000;
const charsAtOnce = 4 * 1024 * 1024;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw broken("The file is no export of a workspace.");
  }
};

/** The manifest; refused when the file is none of ours or of another version. */
function manifestOf(line: Line | undefined): Manifest {
  const found = Manifest.safeParse(line && parsed(line.text));
  if (!found.success) throw broken("The file is no export of a workspace.");
  const [theirs, ours] = [found.data.migrations.toSorted(), migrationNames().toSorted()];
  if (JSON.stringify(theirs) !== JSON.stringify(ours))
    throw new Refused("conflict", "workspace-file.other-version", "The file was written by another version of Rondo: export it again with this version, or run the one that wrote it."); // prettier-ignore
  return found.data;
}

async function refuseUnlessEmpty(tx: Tx): Promise<void> {
  const { rows } = await sql<{ full: boolean }>`
    select exists (select from contacts) or exists (select from accounts) or exists (select from facts where contact_id is not null or account_id is not null) as full`.execute(
    tx.db,
  );
  if (rows[0]!.full)
    throw new Refused("conflict", "workspace.not-empty", "This workspace has customers already. A whole workspace is brought back into an empty one."); // prettier-ignore
}

/** Foreign keys wait until all rows are there: the order of tables says nothing of the order of rows that point to each other. */
async function loosely<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const keys = await foreignKeys(tx.db);
  const run = (text: string) => tx.db.executeQuery(CompiledQuery.raw(text));
  for (const k of keys) await run(`alter table ${quoted(k.table)} drop constraint ${quoted(k.name)}`);
  const answer = await work();
  const names = (columns: readonly string[]): string => columns.map(quoted).join(", ");
  for (const k of keys)
    await run(`alter table ${quoted(k.table)} add constraint ${quoted(k.name)} foreign key (${names(k.columns)}) references ${quoted(k.to)} (${names(k.to_columns)}) ${k.rule}`); // prettier-ignore
  return answer;
}

/** Rows of one table, as PostgreSQL wrote them; ids of people who have another one here are put right. */
function saver(tx: Tx, moved: ReadonlyMap<string, string>) {
  const replaced = (text: string): string => {
    let now = text;
    for (const [old, id] of moved) if (now.includes(old)) now = now.replaceAll(old, id);
    return now;
  };
  return async (table: TableShape, columns: readonly string[], rows: readonly string[]): Promise<void> => {
    if (rows.length === 0) return;
    const names = columns.map(quoted).join(", ");
    const text = `insert into ${quoted(table.name)} (${names}) overriding system value select ${names} from json_populate_recordset(null::${quoted(table.name)}, $1::json)`;
    try {
      await tx.db.executeQuery(CompiledQuery.raw(text, [replaced(`[${rows.join(",")}]`)]));
    } catch (error) {
      // Data of the file that a table does not take: class 22 and 23 of PostgreSQL's errors.
      if (/^2[23]/.test(String((error as { code?: unknown }).code)))
        throw broken(`A row of the table "${table.name}" cannot be read: ${(error as Error).message}`);
      throw error;
    }
  };
}

/** Reads all rows in; answers how many each table got, and the last line. */
async function readRows(tx: Tx, lines: AsyncGenerator<Line>, manifest: Manifest, onRows: (n: number) => Promise<void>): Promise<{ counts: Record<string, number>; last: Line | null }> {
  const shapes = new Map((await tablesOf(tx.db)).map((t) => [t.name, t]));
  const columnsOf = new Map(manifest.tables.map((t) => [t.name, t.columns]));
  const save = saver(tx, await bringPeople(tx, manifest.people));
  const counts: Record<string, number> = {};
  let table: TableShape | undefined;
  let [waiting, chars]: [string[], number] = [[], 0];
  const flush = async (): Promise<void> => {
    if (table) await save(table, columnsOf.get(table.name) ?? [], waiting);
    await onRows(waiting.length);
    [waiting, chars] = [[], 0];
  };
  for await (const line of lines) {
    if (line.text.startsWith('{"end":')) {
      await flush();
      return { counts, last: line };
    }
    if (line.text.startsWith('{"table":')) {
      await flush();
      const { table: name } = parsed(line.text) as { table: unknown };
      table = shapes.get(String(name));
      const columns = columnsOf.get(String(name)) ?? [];
      if (!table || columns.some((c) => !table!.columns.includes(c))) throw broken(`There is no table "${String(name)}" like that here.`);
      counts[table.name] = 0;
      continue;
    }
    if (!table) throw broken("The file is no export of a workspace.");
    waiting.push(line.text);
    counts[table.name]! += 1;
    chars += line.text.length;
    if (waiting.length >= rowsAtOnce || chars >= charsAtOnce) await flush();
  }
  return { counts, last: null };
} // prettier-ignore

/**
 * Brings a whole workspace back from its file into this empty one, in one transaction: all of it or nothing. Ids and sequences are kept;
 * the timeline begins a new epoch, as the transaction ids of the file mean nothing here.
 */
export async function bringBack(ctx: Ctx, path: string, onRows: (rows: number) => Promise<void> = async () => {}): Promise<{ rows: number; people: number }> {
  const lines = linesOf(path);
  const manifest = manifestOf((await lines.next()).value as Line | undefined);
  return inTransaction(ctx, async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx.db);
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx.db);
    await refuseUnlessEmpty(tx);
    const { counts, last } = await loosely(tx, async () => {
      for (const { name } of await tablesOf(tx.db)) await sql`delete from ${sql.table(name)}`.execute(tx.db);
      return readRows(tx, lines, manifest, onRows);
    });
    const foot = Foot.safeParse(last && parsed(last.text));
    if (!foot.success) throw broken("The file was cut off before its end.");
    if (foot.data.sha256 !== last!.hashBefore() || JSON.stringify(foot.data.end) !== JSON.stringify(counts))
      throw broken("The file was changed after it was written: its checksum does not fit.");
    for (const [name, value] of Object.entries(manifest.sequences))
      if (value !== null) await sql`select setval(c.oid::regclass, ${value}) from pg_class c where c.relname = ${name} and c.relkind = 'S' and c.relnamespace = current_schema()::regnamespace`.execute(tx.db);
    await sql`update timeline_state set epoch = epoch + 1, server = ''`.execute(tx.db);
    await definitionsChanged(tx);
    const { currency, time_zone, locale, lens } = manifest.workspace;
    await sql`update rondo.workspaces set currency = ${currency}, time_zone = ${time_zone}, locale = ${locale}, lens = ${lens} where id = ${tx.workspace.id}`.execute(tx.db);
    return { rows: Object.values(counts).reduce((a, b) => a + b, 0), people: manifest.people.length };
  });
} // prettier-ignore

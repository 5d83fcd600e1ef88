import { newId } from "#kernel/id";
import { invalid } from "#kernel/refusal";
import { inTransaction, type Ctx } from "#platform/context";
import { listRecords } from "../list.ts";
import type { FieldType } from "../object.ts";
import { objectsFor } from "./described.ts";
import { changeField, defineField, extendable } from "./fields.ts";
import type { Rollup } from "./rollup.ts";

export interface Tried {
  type: FieldType;
  /** What it comes to on the records that changed last, among those the caller sees. */
  samples: { id: string; title: string; value: unknown; currency: string | null }[];
}

const samplesAtMost = 4;

const wordOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;

class Enough extends Error {
  readonly tried: Tried;
  constructor(tried: Tried) {
    super("tried");
    this.tried = tried;
  }
}

/**
 * What a formula or a rollup would come to: the field is made, read, and taken back with its transaction, so that what is shown before it
 * is saved is what will be shown after. `id` is the field that is being changed.
 */
export async function tryField(ctx: Ctx, asked: { object: string; id?: string | undefined; formula?: string | undefined; rollup?: Rollup | undefined }): Promise<Tried> {
  const { object: name, formula, rollup } = asked;
  if ((formula === undefined) === (rollup === undefined)) throw invalid("formula", "Say a formula or what is rolled up.");
  try {
    await inTransaction(ctx, async (tx) => {
      const label = newId();
      if (asked.id) await changeField(tx, asked.id, undefined, formula === undefined ? { rollup } : { formula });
      const id = asked.id ?? (await defineField(tx, { object: name, label, type: formula === undefined ? "rollup" : "formula", formula, rollup }));
      if (!(await extendable(tx)).some((o) => o.name === name)) throw invalid("object", "This object takes no fields of your own.");
      const object = (await objectsFor(tx))(name);
      const field = object.fields.find((f) => f.id === id);
      if (!field) throw invalid("formula", "Your role does not show you this field.");
      const page = await listRecords(tx, object, { limit: samplesAtMost, sort: "-updated_at", fields: [field.name, field.currency_field ?? object.title], count: "none" });
      const { items } = JSON.parse(page.json) as { items: (Record<string, unknown> & { id: string; custom: Record<string, unknown> })[] };
      throw new Enough({
        type: field.type,
        samples: items.map((item) => ({
          id: item.id,
          title: wordOf(item[object.title]) ?? object.label,
          value: item.custom[field.name.slice("custom.".length)] ?? null,
          currency: field.currency_field ? wordOf(item[field.currency_field]) : null,
        })),
      });
    });
  } catch (error) {
    if (error instanceof Enough) return error.tried;
    throw error;
  }
  throw new TypeError("a trial always ends by taking itself back");
} // prettier-ignore

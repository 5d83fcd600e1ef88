import { parseArgs } from "node:util";
import { consumeFigures } from "./consume.ts";
import { createFigures } from "./create.ts";
import { exportFigures } from "./export.ts";
import { generate } from "./generate.ts";
import { openHouse, type House } from "./house.ts";
import { importFigures } from "./import.ts";
import { likenessFigures } from "./likeness.ts";
import { listFigures } from "./list.ts";
import type { Figure } from "./measure.ts";
import { predictFigures } from "./predict.ts";
import { recordFigures } from "./record.ts";
import { searchFigures } from "./search.ts";
import { sendFigures } from "./send.ts";
import { usual, type Scale } from "./scale.ts";

export const benches: Record<string, (house: House, scale: Scale) => Promise<Figure[]>> = {
  list: listFigures,
  search: searchFigures,
  record: recordFigures,
  create: createFigures,
  likeness: likenessFigures,
  consume: consumeFigures,
  import: importFigures,
  export: exportFigures,
  send: sendFigures,
  predict: predictFigures,
};

/** One line of JSON a figure; `within` says whether it reaches what it should. */
export const lineOf = (figure: Figure, about: object): string =>
  JSON.stringify({ ...figure, ...about, within: (figure.cpu_ratio ?? figure.ratio) <= figure.reach });

/** bench [generate | NAME ...] [--contacts N --facts N] [--data DIRECTORY]: fills a database or measures on a filled one. */
export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    args,
    options: {
      contacts: { type: "string", default: "100000" },
      facts: { type: "string", default: "1000000" },
      data: { type: "string" },
    },
  });
  const wanted = { contacts: Number(values.contacts), facts: Number(values.facts) };
  if (
    !Number.isInteger(wanted.contacts) ||
    !Number.isInteger(wanted.facts) ||
    wanted.contacts < 1 ||
    wanted.facts < wanted.contacts
  )
    throw new RangeError("--contacts and --facts take whole numbers, with at least one fact a contact");
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const toGenerate = positionals[0] === "generate";
  const chosen = positionals.length > 0 && !toGenerate ? positionals : Object.keys(benches);
  const unknown = chosen.find((n) => !(n in benches));
  if (unknown) throw new RangeError(`there is no bench "${unknown}": ${Object.keys(benches).join(", ")}`);
  const house = await openHouse(values.data ?? (toGenerate ? (process.env.RONDO_DATA ?? "data") : undefined));
  try {
    if (toGenerate || !values.data) await generate(house.database, house.ctx.workspace.schema, wanted, say);
    if (toGenerate) return;
    const { rows } = await house.rows<{ contacts: number; facts: number }>(
      "select (select greatest(reltuples, 0)::bigint from pg_class where oid = 'contacts'::regclass) as contacts, (select greatest(reltuples, 0)::bigint from pg_class where oid = 'facts'::regclass) as facts",
    );
    for (const name of chosen)
      for (const figure of await benches[name]!(house, usual)) process.stdout.write(`${lineOf(figure, rows[0]!)}\n`);
  } finally {
    await house.close();
  }
}

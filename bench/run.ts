import { parseArgs } from "node:util";
import { generate } from "./generate.ts";
import { openHouse } from "./house.ts";
import { listFigures } from "./list.ts";
import { recordFigures } from "./record.ts";
import { consumeFigures } from "./consume.ts";
import type { Figure } from "./measure.ts";

const benches: Record<string, (house: Awaited<ReturnType<typeof openHouse>>) => Promise<Figure[]>> = {
  list: listFigures,
  record: recordFigures,
  consume: consumeFigures,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  args: process.argv.slice(process.argv.indexOf("bench") + 1),
  options: { contacts: { type: "string", default: "100000" }, facts: { type: "string", default: "1000000" }, data: { type: "string" } },
});
const wanted = { contacts: Number(values.contacts), facts: Number(values.facts) };
if (!Number.isInteger(wanted.contacts) || !Number.isInteger(wanted.facts) || wanted.contacts < 1 || wanted.facts < wanted.contacts)
  throw new RangeError("--contacts and --facts take whole numbers, with at least one fact a contact");
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const [first, ...only] = positionals;

if (first === "generate") {
  const house = await openHouse(values.data ?? process.env.RONDO_DATA ?? "data");
  await generate(house.database, house.ctx.workspace.schema, wanted, say);
  await house.close();
} else {
  const chosen = first ? [first, ...only] : Object.keys(benches);
  const unknown = chosen.find((n) => !(n in benches));
  if (unknown) throw new RangeError(`there is no bench "${unknown}": ${Object.keys(benches).join(", ")}`);
  const house = await openHouse(values.data);
  try {
    if (!values.data) await generate(house.database, house.ctx.workspace.schema, wanted, say);
    for (const name of chosen) for (const figure of await benches[name]!(house)) process.stdout.write(`${JSON.stringify({ ...figure, ...wanted, within: figure.ratio <= figure.reach })}\n`);
  } finally {
    await house.close();
  }
}

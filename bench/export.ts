import { pipeline } from "node:stream/promises";
import { Writable } from "node:stream";
import { to as copyTo } from "pg-copy-streams";
import { objectNamed } from "#records";
import "../src/app/modules.ts";
import { exportAsk, openExport, streamOf } from "../src/records/export/export.ts";
import type { House } from "./house.ts";
import { costOf, figureOf, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

const fields = ["name", "email", "account_id", "job_title", "phone", "country", "city", "created_at"];

/** Where the bytes go: counted and let go, as a client that is never slow. */
function sink(): { stream: Writable; bytes: () => number } {
  let bytes = 0;
  const stream = new Writable({ write: (chunk: Buffer, _encoding, done) => ((bytes += chunk.length), done()) });
  return { stream, bytes: () => bytes };
}

/** COPY of the same question to the same sink. */
async function copyOut(house: House): Promise<void> {
  const client = await house.database.client(house.ctx.workspace.schema);
  try {
    const question = `select t.name, t.email, a.name, t.job_title, t.phone, t.country, t.city, t.created_at at time zone 'Europe/Berlin'
                        from contacts t left join accounts a on a.id = t.account_id where t.deleted_at is null order by t.created_at desc, t.id desc`;
    await pipeline(client.query(copyTo(`copy (${question}) to stdout with (format csv)`)), sink().stream);
  } finally {
    client.release();
  }
}

/** All contacts with their account's name, as CSV and as a workbook, through the real export; against COPY of the same question. */
export async function exportFigures(house: House, _scale: Scale): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [format, reach] of [
    ["csv", 2],
    ["xlsx", 8],
  ] as const) {
    const limit = await costOf(house.database, () => copyOut(house));
    let rows = 0;
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const out = sink();
    const ours = await costOf(house.database, async () => {
      const opened = await openExport(house.ctx, objectNamed("contact"), exportAsk.parse({ format, fields }));
      await pipeline(streamOf({ ...opened, pieces: () => opened.pieces((n) => void (rows += n)) }), out.stream);
    }).finally(() => clearInterval(watch));
    const name = { figure: `export of contacts as ${format}`, against: "COPY TO of the same question", reach };
    figures.push(
      figureOf(name, ours, limit, {
        rows,
        rows_per_second: Math.round((rows / ours.wall) * 1000),
        bytes: out.bytes(),
        more_memory_mb: Math.round((most - before) / 2 ** 20),
      }),
    );
  }
  return figures;
}

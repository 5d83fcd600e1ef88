import type { House } from "./house.ts";
import { compare, round, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

/** What a person types, letter by letter, over all objects; against the two largest objects asked by hand through the same index. */
export async function searchFigures(house: House, scale: Scale): Promise<Figure[]> {
  const texts = await typed(house);
  const text = (i: number): string => texts[Math.abs(i) % texts.length]!;
  const client = await house.database.client(house.ctx.workspace.schema);
  const took: number[] = [];
  try {
    const byHand = (i: number): Promise<unknown> =>
      client.query({
        name: "bench_search",
        text: `(select id, name, email as more from contacts where deleted_at is null and search_text(name, email, phone_e164) like $1 limit 60)
               union all (select id, name, domain from accounts where deleted_at is null and search_text(name, domain, phone_e164) like $1 limit 60)`,
        values: [
          `% ${text(i)
            .toLowerCase()
            .replaceAll(/[^a-z0-9]+/g, " ")
            .trim()}%`,
        ],
      });
    const figures: Figure[] = [];
    for (const [figure, get] of [
      ["search as you type, all objects", (path: string) => house.get(path)],
      ["search as you type, by one who sees only their own", (path: string) => house.getOwn(path)],
    ] as const) {
      took.length = 0;
      const measured = await compare(
        house.database,
        { figure, against: "contacts and accounts by hand through pg", reach: 2.5 },
        async (i) => {
          const start = process.hrtime.bigint();
          await get(`/search?q=${encodeURIComponent(text(i))}`);
          if (i >= 0) took.push(Number(process.hrtime.bigint() - start) / 1e6);
        },
        byHand,
        scale,
      );
      took.sort((x, y) => x - y);
      figures.push({ ...measured, reach_cpu_ms: 3, p95_ms: round(took[Math.floor(took.length * 0.95)] ?? 0), reach_p95_ms: 50 }); // prettier-ignore
    }
    return figures;
  } finally {
    client.release();
  }
}

// Beginnings of 2 letters up to whole names and addresses, of 40 contacts and accounts, and one that is nobody's.
async function typed(house: House): Promise<string[]> {
  const { rows } = await house.rows<{ text: string }>(
    "(select name as text from contacts order by md5(id::text) limit 15) union all (select email from contacts order by md5(id::text) limit 15) union all (select name from accounts order by md5(id::text) limit 10)",
  );
  return ["qzx vwk", ...rows.flatMap(({ text }) => [2, 3, 5, 8, text.length].map((n) => text.slice(0, n).trim()))];
}

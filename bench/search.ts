import type { House } from "./house.ts";
import { compare, round, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

/** What a person types, letter by letter, over all objects; against the same two trigram searches written by hand. */
export async function searchFigures(house: House, scale: Scale): Promise<Figure[]> {
  const texts = await typed(house);
  const text = (i: number): string => texts[Math.abs(i) % texts.length]!;
  const client = await house.database.client(house.ctx.workspace.schema);
  const took: number[] = [];
  try {
    const figure = await compare(
      house.database,
      { figure: "search as you type, all objects", against: "contacts and accounts by hand through pg", reach: 2.5 },
      async (i) => {
        const start = process.hrtime.bigint();
        await house.get(`/search?q=${encodeURIComponent(text(i))}`);
        if (i >= 0) took.push(Number(process.hrtime.bigint() - start) / 1e6);
      },
      (i) =>
        client.query({
          name: "bench_search",
          text: `(select id, name, email as more from contacts where deleted_at is null and (name ilike $1 or email ilike $1) limit 8)
                 union all (select id, name, domain from accounts where deleted_at is null and (name ilike $1 or domain ilike $1) limit 8)`,
          values: [`%${text(i)}%`],
        }),
      scale,
    );
    took.sort((a, b) => a - b);
    return [{ ...figure, p95_ms: round(took[Math.floor(took.length * 0.95)] ?? 0), reach_p95_ms: 50 }];
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

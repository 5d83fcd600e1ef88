import type { House } from "./house.ts";
import { compare, round, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

/** Who is there already, asked while a contact is typed; against two exact look-ups by hand, which find no name typed wrong. */
export async function likenessFigures(house: House, scale: Scale): Promise<Figure[]> {
  const { rows } = await house.rows<{ name: string; email: string; account_id: string | null }>(
    "select name, email, account_id from contacts where email is not null order by md5(id::text) limit 40",
  );
  const typed = (i: number) => {
    const { name, email, account_id } = rows[Math.abs(i) % rows.length]!;
    return {
      name: `${name.slice(0, 2)}x${name.slice(2)}`,
      email: `x${email}`,
      phone: `+49 30 5${String(100_000 + Math.abs(i))}`,
      account_id,
    };
  };
  const client = await house.database.client(house.ctx.workspace.schema);
  const took: number[] = [];
  try {
    const figure = await compare(
      house.database,
      { figure: "duplicate hints on save", against: "e-mail and phone looked up by hand through pg", reach: 12 },
      async (i) => {
        const start = process.hrtime.bigint();
        await house.post("/contacts/likeness", { values: typed(i) });
        if (i >= 0) took.push(Number(process.hrtime.bigint() - start) / 1e6);
      },
      (i) =>
        client.query({
          name: "bench_likeness",
          text: "select id, name from contacts where lower(email) = $1 and email is not null and deleted_at is null union all select id, name from contacts where phone_e164 = $2 and deleted_at is null",
          values: [typed(i).email, typed(i).phone.replaceAll(" ", "")],
        }),
      scale,
    );
    took.sort((a, b) => a - b);
    return [{ ...figure, p95_ms: round(took[Math.floor(took.length * 0.95)] ?? 0), reach_p95_ms: 50 }];
  } finally {
    client.release();
  }
}

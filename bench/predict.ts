import { fitBuying, type Buying } from "#learn/prediction";
import type { House } from "./house.ts";
import { compare, type Figure } from "./measure.ts";
import type { Scale } from "./scale.ts";

const weeks = 78;
const looks = 300;

/** Customers as many and as unlike as those of CDNOW: most ordered once, a few very often; the same at each run. */
function histories(n: number): Buying[] {
  let state = 1;
  const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
  return Array.from({ length: n }, () => {
    const age = Math.round(random() * 12 * 7) / 7 + weeks - 12;
    // As the model has it: a rate and a chance to stay away of their own, an order, then perhaps none any more.
    const [rate, leaves] = [0.06 * Math.log(random()) ** 2, 0.6 * random()];
    let [again, last] = [0, 0];
    for (let at = -Math.log(random()) / rate; at < age; at += -Math.log(random()) / rate) {
      [again, last] = [again + 1, Math.round(at * 7) / 7];
      if (random() < leaves) break;
    }
    return { again, last, age };
  });
}

/** Fitting BG/NBD, against as many bare logarithms of the same histories as some 300 looks at them take. */
export async function predictFigures(house: House, scale: Scale): Promise<Figure[]> {
  const all = histories(Math.round(scale.importedRows * 1.1785));
  let kept = 0;
  const figure = await compare(
    house.database,
    { figure: "fit BG/NBD", against: `${looks} passes of three logarithms over the same histories`, reach: 3 },
    async () => void (kept += fitBuying(all).r),
    async () => {
      for (let i = 0; i < looks; i++)
        for (const one of all)
          kept += Math.log(i + one.age + 1) + Math.log(i + one.last + 1) + Math.log(i + one.again + 1);
    },
    { rounds: Math.min(3, scale.rounds), times: 1 },
    { customers: all.length, reach_ms: 3000 },
  );
  return Number.isFinite(kept) ? [figure] : [];
}

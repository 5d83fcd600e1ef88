import { chanceOf, shuffled } from "./chance.ts";
import { inAscii, someOrigin, type Origin } from "./names.ts";

/** A business that buys from us. */
export interface Firm {
  key: string;
  name: string;
  domain: string;
  industry: string;
  country: string;
  city: string;
  origin: Origin;
}

const trades: readonly [word: string, industry: string][] = [
  ["Deli", "Food retail"], ["Kitchen", "Restaurants"], ["Preserves", "Food making"], ["Bakery", "Food making"], ["Roasters", "Food making"],
  ["Market", "Food retail"], ["Apiary", "Farming"], ["Orchards", "Farming"], ["Hotel", "Hotels"], ["Homeware", "Retail"], ["Catering", "Catering"], ["Brewing", "Food making"],
]; // prettier-ignore
const places = [
  "Harbour", "Millstone", "Copper", "Juniper", "Old Town", "Riverside", "Saffron", "Blue Door", "Linden", "Northgate", "Wild Thyme", "Corner", "Meadow", "Lighthouse",
  "Fig Tree", "Stonebridge", "Three Bees", "Amber", "Quince", "Willow", "Sunday", "Orchard Lane", "Salt & Rye", "Green Gate", "Marigold",
]; // prettier-ignore
const forms: Record<string, string> = {
  DE: " GmbH",
  GB: " Ltd",
  FR: " SARL",
  US: " Inc",
  SE: " AB",
  IT: " Srl",
  ES: " SL",
  PL: " Sp. z o.o.",
  NL: " BV",
  IE: " Ltd",
  AU: " Pty",
};

/** The first n of the businesses that there can be; each name and domain once. */
export function firmsOf(n: number): Firm[] {
  const pairs = places.flatMap((place) => trades.map((trade) => [place, trade] as const));
  return shuffled(pairs, chanceOf("firms")).slice(0, n).map(([place, [word, industry]], i) => {
    const chance = chanceOf(`firm ${i}`);
    const origin = someOrigin(chance);
    const short = `${place} ${word}`;
    return {
      key: `firm-${i + 1}`, name: short + (chance.yes(0.7) ? (forms[origin.country] ?? "") : ""), domain: `${inAscii(short).replaceAll(".", "-")}.example`,
      industry, country: origin.country, city: chance.pick(origin.cities), origin,
    };
  }); // prettier-ignore
}

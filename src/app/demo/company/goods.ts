/*
 * What Northwind Goods sells. A price is in hundredths of the company's currency, whatever that is.
 */
export interface Good {
  sku: string;
  name: string;
  category: string;
  price: number;
  vendor: string;
}

export interface Vendor {
  key: string;
  name: string;
  domain: string;
  country: string;
  city: string;
}

export const vendors: readonly Vendor[] = [
  { key: "glass", name: "Glashütte Bergtal", domain: "bergtal-glas.example", country: "DE", city: "Zwiesel" },
  { key: "lids", name: "Tappi Sicuri Srl", domain: "tappi-sicuri.example", country: "IT", city: "Modena" },
  { key: "labels", name: "Papyr & Lim AB", domain: "papyr-lim.example", country: "SE", city: "Malmö" },
  { key: "steel", name: "Nakagawa Steelworks", domain: "nakagawa-steel.example", country: "JP", city: "Tsubame" },
  { key: "wood", name: "Tartak Zielony", domain: "tartak-zielony.example", country: "PL", city: "Białystok" },
  { key: "linen", name: "Filature du Nord", domain: "filature-nord.example", country: "FR", city: "Lille" },
];

const shelves: readonly [category: string, code: string, vendor: string, goods: readonly [name: string, price: number][]][] = [
  ["Jars", "JAR", "glass", [
    ["Preserving jar 250 ml", 240], ["Preserving jar 500 ml", 290], ["Preserving jar 1 l", 390], ["Honey jar 370 ml", 180], ["Spice jar 100 ml", 150],
    ["Clip-top jar 500 ml", 520], ["Clip-top jar 1 l", 650], ["Storage jar 2 l", 990], ["Sourdough jar 750 ml", 850], ["Hexagonal jar 190 ml", 210],
    ["Tall pickle jar 1.5 l", 720],
  ]],
  ["Bottles", "BOT", "glass", [
    ["Swing-top bottle 500 ml", 340], ["Swing-top bottle 1 l", 450], ["Oil bottle with pourer", 790], ["Juice bottle 250 ml", 160], ["Carafe 1 l", 1290], ["Milk bottle 750 ml", 380],
  ]],
  ["Lids and rings", "LID", "lids", [
    ["Screw lid 63 mm", 35], ["Screw lid 70 mm", 38], ["Screw lid 82 mm", 45], ["Bamboo lid 82 mm", 390], ["Rubber ring 10 pack", 290], ["Fermenting lid with valve", 690],
    ["Pouring lid", 320], ["Sieve lid for sprouts", 490], ["Steel straw lid", 420],
  ]],
  ["Labels", "LAB", "labels", [
    ["Round labels 100 pack", 590], ["Kraft labels 50 pack", 450], ["Chalk labels 24 pack", 690], ["Freezer labels 60 pack", 520], ["Pantry label set", 1250], ["Jute twine 50 m", 480], ["Label pen", 290],
  ]],
  ["Kitchen tools", "KIT", "steel", [
    ["Jar funnel", 890], ["Jar tongs", 1190], ["Preserving thermometer", 1690], ["Ladle with spout", 1350], ["Fine sieve 18 cm", 1590], ["Kitchen scale", 2990], ["Measuring cups", 1290],
    ["Cherry stoner", 1890], ["Mandoline", 3490], ["Preserving pot 27 l", 11900],
  ]],
  ["Storage", "STO", "wood", [
    ["Spice rack", 3890], ["Bread box", 5490], ["Stacking crate", 2490], ["Drawer organiser", 2190], ["Pantry shelf", 8900], ["Lazy Susan 30 cm", 2790], ["Onion basket", 1890], ["Egg holder", 1490],
  ]],
  ["Textiles", "TEX", "linen", [
    ["Linen tea towel", 1290], ["Cotton produce bags 5 pack", 990], ["Beeswax wraps 3 pack", 1590], ["Apron", 3490], ["Oven gloves", 2190], ["Bread bag", 1390], ["Jar cosy", 790], ["Straining cloth", 690], ["Canvas shopper", 1690],
  ]],
]; // prettier-ignore

/** All goods, by shelf. */
export const goods: readonly Good[] = shelves.flatMap(([category, code, vendor, list]) =>
  list.map(([name, price], i) => ({
    sku: `NW-${code}-${String(i + 1).padStart(2, "0")}`,
    name,
    category,
    price,
    vendor,
  })),
);

export const categories: readonly string[] = shelves.map(([category]) => category);
const bySku = new Map(goods.map((g) => [g.sku, g]));

export interface OrderedLine {
  sku: string;
  quantity: number;
}

/** What these lines cost, in hundredths. */
export const worthOf = (lines: readonly OrderedLine[]): number =>
  lines.reduce((sum, l) => sum + (bySku.get(l.sku)?.price ?? 0) * l.quantity, 0);

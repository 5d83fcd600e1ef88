import type { MoneyOf } from "./company.ts";
import { goods } from "./goods.ts";
import { survey } from "./learn.ts";
import { origins } from "./names.ts";
import { accounts, people, type Who } from "../../../../test/world.ts";
import type { Firm } from "./firms.ts";
import { tell, type Customer, type Story, type ToldOrder } from "./story.ts";

/*
 * The people of test/world.ts, each with a story of their own: written line by line, so that every picture of Rondo tells the same.
 */
const firmOf = (key: keyof typeof accounts, country: string): Firm => ({
  key,
  ...accounts[key],
  origin: origins.find((o) => o.country === country)!,
});
export const castFirms: readonly Firm[] = [
  firmOf("vertex", "DE"),
  firmOf("initech", "US"),
  firmOf("kimAndDaughters", "GB"),
];

type Part = Pick<Customer, "fate" | "seen" | "days"> & Partial<Customer> & { key: Who };
function someone(part: Part): Customer {
  const { name, email, job_title, country, city, account, ...more } = people[part.key];
  const firm = castFirms.find((f) => f.key === account)!;
  const person = { name, email, job_title, country, city, ...("phone" in more ? { phone: more.phone } : {}) };
  return { source: "the online shop", friends: [], invited: null, firm, person, ...part };
}
const every = (gap: number, from: number, until: number): number[] => {
  const days: number[] = [];
  for (let day = until; day <= from; day += gap) days.unshift(day);
  return days;
};

export const ana = someone({
  key: "ana", fate: "loyal", seen: 640, days: every(21, 630, 12),
}); // prettier-ignore
export const bo = someone({
  key: "bo", fate: "at_risk", seen: 428, days: every(28, 402, 66), source: "a friend",
  invited: { mark: "bo invited", host: "priya" },
}); // prettier-ignore
export const cleo = someone({
  key: "cleo", fate: "customer", seen: 16, days: [6], source: "the fair in Lagos",
}); // prettier-ignore
export const priya = someone({
  key: "priya", fate: "advocate", seen: 690, days: every(34, 680, 9), friends: [{ key: "bo", name: "Bo Lind", seen: 428 }, { key: "sam", name: "Sam Moreau", seen: 62 }],
}); // prettier-ignore
// Sam goes once around the whole ring: invited, asked, quoted, ordered, welcomed, complained, was heard, and came back.
export const sam = someone({
  key: "sam", fate: "active", seen: 62, days: [44, 8], source: "a friend",
  invited: { mark: "sam invited", host: "priya" },
}); // prettier-ignore
export const cast: readonly Customer[] = [priya, bo, ana, cleo, sam];

const sku = (name: string): string => goods.find((g) => g.name === name)!.sku;
const baskets: Record<string, [string, number][]> = {
  ana: [["Preserving jar 500 ml", 96], ["Kraft labels 50 pack", 12], ["Linen tea towel", 10]],
  bo: [["Preserving jar 1 l", 240], ["Screw lid 70 mm", 240]],
  cleo: [["Sourdough jar 750 ml", 2], ["Fermenting lid with valve", 2], ["Jar funnel", 1]],
  priya: [["Clip-top jar 500 ml", 4], ["Chalk labels 24 pack", 1], ["Beeswax wraps 3 pack", 1]],
  sam: [["Storage jar 2 l", 24], ["Bamboo lid 82 mm", 24]],
}; // prettier-ignore

const transfers = new Set(["ana", "bo"]);
// Bo holds back a part of his last bill until somebody speaks with him about the lids.
const partsPaid: Readonly<Record<string, number>> = { "bo-13": 0.6 };

function ordersOf(c: Customer): ToldOrder[] {
  return c.days.map((day, i) => {
    const ago = day - 0.42;
    const key = `${c.key}-${i + 1}`;
    const late = c.key === "sam" && i === 0 ? 3 : 0;
    return {
      key, number: "", ago, lines: baskets[c.key]!.map(([name, quantity]) => ({ sku: sku(name), quantity: quantity + (i % 3) })),
      payments: [transfers.has(c.key) ? { ago: ago - 9, share: partsPaid[key] ?? 1, method: "bank_transfer" } : { ago: ago - 0.01, share: 1, method: "card" }],
      delivered: { ago: ago - 3 - late, late, mark: `${key} delivered` },
      back: null,
    };
  }); // prettier-ignore
}

/** What an order costs, in hundredths. */
const costOf = ({ lines }: ToldOrder): number =>
  lines.reduce((sum, l) => sum + goods.find((g) => g.sku === l.sku)!.price * l.quantity, 0);

/** The story of somebody of the cast. */
export function castStory(customer: Customer, money: MoneyOf): Story {
  const story: Story = { customer, orders: ordersOf(customer), facts: [] };
  tales[customer.key]!(story, money);
  return story;
}

const tales: Record<string, (story: Story, money: MoneyOf) => void> = {
  ana(s, money) {
    tell(s, "form.submitted", 639, { form: "Trade account" }, { mark: "ana asked" });
    tell(s, "lead.opened", 638.9, { source: "the online shop" }, { cause: "ana asked" });
    tell(s, "lead.qualified", 636, { score: 84 }, { by: "Mira Okafor" });
    tell(s, "onboarding.started", 617, { plan: "Trade account in five steps" }, { mark: "ana start", cause: "ana-1 delivered" });
    tell(s, "onboarding.completed", 611, { plan: "Trade account in five steps", days: 6 }, { cause: "ana start" });
    for (const [ago, n, comment] of [[420, 10, "Everything came whole."], [200, 20, "You know what I need before I do."], [38, 28, "Please never change."]] as const) {
      tell(s, "survey.sent", ago, { survey }, { mark: `ana survey ${ago}`, cause: `ana-${n} delivered`, by: "Rondo" });
      tell(s, "survey.answered", ago - 0.6, { survey, score: 10, comment }, { cause: `ana survey ${ago}` });
    }
    tell(s, "reward.earned", 8, { points: 300 }, { cause: "ana-30 delivered" });
    const deal = { title: "Initech expansion", by: "Mira Okafor" };
    tell(s, "opportunity.opened", 33, { title: deal.title, ...money(1_840_000) }, { mark: "ana deal", by: deal.by });
    tell(s, "opportunity.staged", 26.4, { title: deal.title, from: "Qualified", to: "Meeting", days: 6.6 }, { cause: "ana deal", by: deal.by });
    tell(s, "opportunity.staged", 12.2, { title: deal.title, from: "Meeting", to: "Proposal", days: 14.2 }, { cause: "ana deal", by: deal.by });
  },
  bo(s) {
    tell(s, "form.submitted", 427, { form: "A friend's invitation" }, { mark: "bo asked", cause: "bo invited" });
    tell(s, "lead.opened", 426.9, { source: "a friend" }, { cause: "bo asked" });
    tell(s, "lead.qualified", 424, { score: 78 }, { by: "Mira Okafor", cause: "bo asked" });
    tell(s, "onboarding.started", 396, { plan: "Trade account in five steps" }, { mark: "bo start", cause: "bo-1 delivered" });
    tell(s, "onboarding.completed", 390, { plan: "Trade account in five steps", days: 6 }, { cause: "bo start" });
    tell(s, "survey.sent", 230, { survey }, { mark: "bo first survey", cause: "bo-6 delivered", by: "Rondo" });
    tell(s, "survey.answered", 229, { survey, score: 8 }, { cause: "bo first survey" });
    tell(s, "case.opened", 88, { number: "C-7011", subject: "Lid of the 1 l jar does not close" }, { mark: "bo first case", cause: "bo-12 delivered" });
    tell(s, "case.resolved", 85.4, { number: "C-7011", hours: 62.4 }, { cause: "bo first case", by: "Mira Okafor" });
    tell(s, "case.opened", 61, { number: "C-7064", subject: "Lid does not close, again" }, { mark: "bo second case", cause: "bo-13 delivered" });
    tell(s, "survey.sent", 58, { survey }, { mark: "bo survey", cause: "bo-13 delivered", by: "Rondo" });
    tell(s, "survey.answered", 57.2, { survey, score: 3, comment: "Second time the lid leaks, and nobody called me back." }, { cause: "bo survey" });
    tell(s, "case.resolved", 56.4, { number: "C-7064", hours: 110.4 }, { cause: "bo second case", by: "Tom Weber" });
  },
  cleo(s) {
    tell(s, "page.visited", 15, { title: "Fermenting: first steps" });
    tell(s, "newsletter.subscribed", 14.9, { list: "Northwind letter" });
    tell(s, "campaign.clicked", 7, { campaign: "Pantry reset" });
    tell(s, "onboarding.started", 2, { plan: "Your first preserves" }, { cause: "cleo-1 delivered" });
  },
  priya(s) {
    tell(s, "newsletter.subscribed", 688, { list: "Northwind letter" });
    tell(s, "referral.made", 428.6, { friend: "Bo Lind" }, { mark: "bo invited" });
    tell(s, "reward.earned", 391, { points: 200 }, { cause: "bo-1 delivered" });
    tell(s, "referral.made", 61.6, { friend: "Sam Moreau" }, { mark: "sam invited" });
    tell(s, "review.written", 352, { stars: 5, text: "We order for the whole village now." });
    tell(s, "survey.sent", 120, { survey }, { mark: "priya survey", by: "Rondo" });
    tell(s, "survey.answered", 119.5, { survey, score: 10, comment: "I tell everybody." }, { cause: "priya survey" });
  },
  sam(s, money) {
    const by = "Mira Okafor";
    const title = "Jars for the canteen";
    tell(s, "form.submitted", 61, { form: "A friend's invitation" }, { mark: "sam asked", cause: "sam invited" });
    tell(s, "lead.opened", 60.9, { source: "a friend" }, { cause: "sam asked" });
    tell(s, "lead.qualified", 58, { score: 71 }, { by, cause: "sam asked" });
    tell(s, "opportunity.opened", 56, { title, ...money(costOf(s.orders[0]!)) }, { mark: "sam deal", by });
    tell(s, "opportunity.staged", 50, { title, from: "Qualified", to: "Proposal", days: 6 }, { cause: "sam deal", by });
    tell(s, "onboarding.started", 37, { plan: "Trade account in five steps" }, { mark: "sam start", cause: "sam-1 delivered" });
    tell(s, "case.opened", 35.5, { number: "C-7050", subject: "Bamboo lid does not close" }, { mark: "sam case", cause: "sam-1 delivered" });
    tell(s, "case.resolved", 33, { number: "C-7050", hours: 60 }, { cause: "sam case", by: "Tom Weber" });
    tell(s, "survey.sent", 32.8, { survey }, { mark: "sam survey", cause: "sam-1 delivered", by: "Rondo" });
    tell(s, "survey.answered", 32, { survey, score: 2, comment: "Late, and then the lid does not fit." }, { cause: "sam survey" });
    tell(s, "onboarding.completed", 27, { plan: "Trade account in five steps", days: 10 }, { cause: "sam start" });
  },
}; // prettier-ignore

import type { MoneyOf } from "./company.ts";
import { worthOf } from "./goods.ts";
import { during, luck, staff, tell, type Story } from "./story.ts";
import type { Chance } from "./chance.ts";

const forms = ["Ask for a price list", "Sample box", "Trade account", "Call me back"];
/** Why leads are set aside. */
export const refusals = [
  "no budget this year",
  "too small an order",
  "outside our delivery area",
  "looking for plastic",
  "no answer after three calls",
  "a student project",
];
/** Why deals are lost, by labels of the taxonomy that Rondo brings. */
export const losses = ["Price", "Delivery time too long", "Chose a competitor", "Project postponed"] as const;
const titles = [
  "First pallet of jars",
  "Jars and lids for the season",
  "Labels for the new range",
  "Kitchen equipment",
  "Shop shelf of preserving goods",
];

/** From asking to ordering: leads, what became of them, and opportunities. */
export function convert(story: Story, money: MoneyOf): void {
  const { customer } = story;
  const chance = luck(customer, "convert");
  const { fate, firm, seen } = customer;
  const worth = money(Math.round(chance.between(400, firm ? 4800 : 700)) * 100);
  if (customer.days.length > 0) return winning(story, chance, money);
  const asked = seen - chance.between(0.5, Math.min(9, seen / 3));
  if (fate === "opportunity") {
    ask(story, chance, asked);
    const title = chance.pick(titles);
    qualify(story, chance, asked * 0.8);
    const opened = asked * chance.between(0.3, 0.7);
    const deal = { title, mark: `${customer.key} deal`, by: chance.pick(staff) };
    tell(story, "opportunity.opened", opened, { title, ...worth }, deal);
    climbOpen(story, deal, opened);
  } else if (fate === "lead") {
    ask(story, chance, asked);
    if (chance.yes(0.18)) loseOne(story, chance, asked * 0.7, worth);
  } else if (seen > 30 && chance.yes(fate === "subscriber" ? 0.3 : 0.4)) {
    ask(story, chance, asked);
    const by = chance.pick(staff);
    if (chance.yes(0.25)) loseOne(story, chance, asked * 0.8, worth);
    tell(story, "lead.unqualified", asked * chance.between(0.2, 0.6), { reason: chance.pick(refusals) }, { by });
  }
}

function ask(story: Story, chance: Chance, ago: number): void {
  const mark = `${story.customer.key} asked`;
  const invited = story.customer.invited;
  if (invited) tell(story, "form.submitted", ago, { form: "A friend's invitation" }, { mark, cause: invited.mark });
  else tell(story, "form.submitted", ago, { form: chance.pick(forms) }, { mark });
  tell(story, "lead.opened", ago - 0.02, { source: story.customer.source }, { cause: mark });
}

const qualify = (story: Story, chance: Chance, ago: number): void =>
  tell(
    story,
    "lead.qualified",
    ago,
    { score: chance.whole(55, 95) },
    { cause: `${story.customer.key} asked`, by: chance.pick(staff) },
  );

function loseOne(story: Story, chance: Chance, ago: number, worth: ReturnType<MoneyOf>): void {
  const [title, by] = [chance.pick(titles), chance.pick(staff)];
  const mark = `${story.customer.key} lost`;
  tell(story, "opportunity.opened", ago, { title, ...worth }, { mark, by });
  tell(story, "opportunity.lost", ago * 0.8, { title, reason: chance.pick(losses) }, { cause: mark, by });
  climb(story, { title, mark, by }, ago, ago * 0.8, luck(story.customer, "stages").whole(0, 2));
}

/** Businesses are won by somebody of ours; most people simply order. */
function winning(story: Story, chance: Chance, money: MoneyOf): void {
  const { customer } = story;
  const first = story.orders[0]!;
  const lead = customer.seen - first.ago;
  if (!customer.firm && !customer.invited && !chance.yes(0.22)) return;
  const asked = customer.seen - Math.min(1.5, lead * 0.2) - 0.3;
  ask(story, chance, asked);
  if (!customer.firm) return;
  qualify(story, chance, asked - (asked - first.ago) * 0.3);
  const by = chance.pick(staff);
  const title = chance.pick(titles);
  const mark = `${customer.key} deal`;
  const opened = asked - (asked - first.ago) * 0.5;
  tell(story, "opportunity.opened", opened, { title, ...money(worthOf(first.lines)) }, { mark, by });
  climb(story, { title, mark, by }, opened, first.ago + 0.02, luck(customer, "stages").whole(1, 3));
  tell(story, "opportunity.won", first.ago + 0.02, { title, ...money(worthOf(first.lines)) }, { cause: mark, by });
  // Some come back to us with a larger wish; it does not move them, but it is work on somebody's board.
  if (!chance.yes(0.12) || first.ago < 60) return;
  const again = during(chance.whole(20, Math.floor(first.ago) - 20), chance);
  tell(
    story,
    "opportunity.opened",
    again,
    { title: "Yearly contract", ...money(chance.whole(30, 140) * 10_000) },
    { mark: `${customer.key} contract`, by },
  );
  const contract = { title: "Yearly contract", mark: `${customer.key} contract`, by };
  const lost = chance.yes(0.5);
  if (lost) climb(story, contract, again, again * 0.6, luck(customer, "contract").whole(1, 3));
  else climbOpen(story, contract, again);
  if (lost)
    tell(
      story,
      "opportunity.lost",
      again * 0.6,
      { title: "Yearly contract", reason: chance.pick(losses) },
      { cause: `${customer.key} contract`, by },
    );
}

/** The open stages of the pipeline that Rondo brings, in order. */
export const dealStages = ["Qualified", "Meeting", "Proposal", "Negotiation"] as const;

interface Deal {
  title: string;
  mark: string;
  by: string;
}

/** Moves a deal through so many stages between two instants, as days before today. */
function climb(story: Story, { title, mark, by }: Deal, from: number, until: number, moves: number): void {
  const at = (i: number): number => from - ((from - until) * i) / (moves + 1);
  for (let i = 1; i <= moves; i += 1)
    tell(story, "opportunity.staged", at(i), { title, from: dealStages[i - 1]!, to: dealStages[i]!, days: Math.round((at(i - 1) - at(i)) * 10) / 10 }, { cause: mark, by }); // prettier-ignore
}

/** An open deal came to its stage lately, mostly; some have stood there for too long. */
function climbOpen(story: Story, deal: Deal, opened: number): void {
  const chance = luck(story.customer, `${deal.title} open`);
  const moves = chance.pick([0, 1, 1, 2, 2, 3]);
  const since = chance.yes(0.7) ? chance.between(0.3, Math.min(opened * 0.8, 8)) : opened * chance.between(0.2, 0.6);
  climb(story, deal, opened, since - (opened - since) / Math.max(1, moves), moves);
}

import { gets } from "./trial.ts";
import { luck, staff, tell, type Story } from "./story.ts";

export const subjects = {
  lid: ["Lid does not close", "Lid leaks", "Lid is bent"],
  broken: ["Jar arrived broken", "Two bottles broken in the parcel"],
  late: ["Where is my parcel?", "Delivery is late"],
  wrong: ["Wrong labels delivered", "One item is missing"],
  how: ["How do I clean the sieve lid?", "Which ring fits the clip-top jar?", "Can the jars go into the oven?"],
  invoice: ["Invoice has the wrong address", "Please send the invoice again"],
} as const;

export type Theme = keyof typeof subjects;

/** First steps with the goods, and help when something is wrong. Answers themes of their complaints with when they were settled. */
export function engage(story: Story): { theme: Theme; ago: number; mark: string }[] {
  const { customer, orders } = story;
  const chance = luck(customer, "engage");
  welcome(story);
  const troubles: { theme: Theme; ago: number; mark: string }[] = [];
  for (const order of orders) {
    const at = order.delivered;
    if (!at) continue;
    const sour = customer.fate === "at_risk" || customer.fate === "lapsed" ? 0.2 : 0.075;
    const calm = gets(customer, "message", order.ago) ? 0.3 : 1;
    if (!chance.yes(calm * (at.late > 2 ? 0.45 : order.back ? 0.8 : sour))) continue;
    const theme: Theme =
      at.late > 2
        ? "late"
        : order.back
          ? chance.pick(["broken", "lid", "wrong"])
          : chance.pick(["lid", "lid", "how", "invoice", "broken"]);
    const opened = theme === "late" ? at.ago + 0.6 : at.ago - chance.between(0.1, 3);
    const mark = `${order.key} case`;
    const number = `C-${order.key.replace(/\D+/g, "")}`;
    const cause = theme === "late" ? {} : { cause: at.mark };
    tell(story, "case.opened", opened, { number, subject: chance.pick(subjects[theme]) }, { mark, ...cause });
    const hours = Math.round(chance.between(1, customer.fate === "lapsed" ? 90 : 40) * 10) / 10;
    tell(story, "case.resolved", opened - hours / 24, { number, hours }, { cause: mark, by: chance.pick(staff) });
    if (opened > 0.1) troubles.push({ theme, ago: opened, mark });
  }
  return troubles;
}

function welcome({ customer, orders, facts }: Story): void {
  const chance = luck(customer, "welcome");
  const at = orders[0]?.delivered;
  if (!at || !chance.yes(customer.firm ? 0.85 : 0.4)) return;
  const story = { customer, orders, facts };
  const plan = customer.firm ? "Trade account in five steps" : "Your first preserves";
  const started = at.ago - chance.between(0.2, 1.5);
  const mark = `${customer.key} onboarding`;
  tell(story, "onboarding.started", started, { plan }, { mark, cause: at.mark });
  if (customer.fate === "customer" || !chance.yes(0.72)) return;
  const days = chance.whole(2, 16);
  tell(story, "onboarding.completed", started - days, { plan, days }, { cause: mark });
}

import { luck, tell, type Story } from "./story.ts";

const praise = [
  "Best jars I have had.",
  "Fast, and nothing broke.",
  "Lids that really close.",
  "Lovely people on the phone.",
  "We order for the whole village now.",
];
const measured = ["Good jars, slow parcel.", "Fine, a bit dear.", "Does what it should.", "Would like more sizes."];

/** Points, reviews and recommendations. Only advocates praise us aloud: that is what makes them advocates. */
export function grow(story: Story): void {
  const { customer, orders } = story;
  const chance = luck(customer, "grow");
  orders.forEach((order, i) => {
    if ((i + 1) % 4 === 0 && order.delivered)
      tell(
        story,
        "reward.earned",
        order.delivered.ago - 0.3,
        { points: 50 * (1 + Math.floor(i / 4)) },
        { cause: order.delivered.mark },
      );
  });
  const known = orders.filter((o) => o.delivered).at(Math.min(2, orders.length - 1));
  if (!known?.delivered) return;
  const settled = known.delivered.ago;
  for (const friend of customer.friends) {
    const mark = `${friend.key} invited`;
    tell(story, "referral.made", friend.seen + 0.4, { friend: friend.name }, { mark });
    tell(story, "reward.earned", friend.seen - 12, { points: 200 }, { cause: mark });
  }
  if (customer.fate === "advocate" && (customer.friends.length === 0 || chance.yes(0.4)))
    tell(
      story,
      "review.written",
      settled * chance.between(0.05, 0.8),
      { stars: 5, text: chance.pick(praise) },
      { cause: known.delivered.mark },
    );
  else if (customer.fate !== "advocate" && chance.yes(0.12))
    tell(
      story,
      "review.written",
      settled * chance.between(0.3, 0.9),
      { stars: chance.whole(customer.fate === "lapsed" ? 1 : 3, 4), text: chance.pick(measured) },
      { cause: known.delivered.mark },
    );
}

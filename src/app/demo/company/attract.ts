import { sentCampaigns } from "./campaigns.ts";
import { during, luck, tell, type Story } from "./story.ts";

const pages = [
  "Preserving for beginners", "Jars by the pallet", "How to sterilise jars", "Spring cleaning the pantry", "Prices and delivery", "Zero-waste kitchen guide", "Fermenting: first steps", "About Northwind",
]; // prettier-ignore

/** They look around, subscribe, and click in what we send them. */
export function attract(story: Story): void {
  const { customer } = story;
  const chance = luck(customer, "attract");
  const { fate, seen, days, firm } = customer;
  const until = days[0] ?? 1;
  for (let n = chance.whole(0, 2); n > 0; n -= 1)
    tell(story, "page.visited", during(chance.whole(Math.max(1, until), seen), chance), { title: chance.pick(pages) });
  const reader =
    fate === "subscriber" || (days.length > 0 && !firm && chance.yes(0.5)) || (fate === "lead" && chance.yes(0.4));
  if (!reader) return;
  const subscribed = seen - chance.between(0.4, 2.5);
  tell(story, "newsletter.subscribed", subscribed, { list: "Northwind letter" });
  for (const campaign of sentCampaigns)
    if (campaign.ago < subscribed && chance.yes(0.3))
      tell(story, "campaign.clicked", campaign.ago - chance.between(0.05, 2.5), { campaign: campaign.name });
}

/** Those who came once and left again: they unsubscribe. */
export function loseInterest(story: Story): void {
  const chance = luck(story.customer, "leave");
  if (story.customer.fate !== "identified" || story.customer.seen < 40 || !chance.yes(0.25)) return;
  const subscribed = story.customer.seen - 1.2;
  tell(story, "newsletter.subscribed", subscribed, { list: "Northwind letter" });
  tell(story, "newsletter.unsubscribed", chance.between(0.5, subscribed - 8), { list: "Northwind letter" });
}

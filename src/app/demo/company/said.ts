import type { Chance } from "./chance.ts";
import type { Theme } from "./engage.ts";

interface Said {
  asked: (chance: Chance) => string;
  replied: (chance: Chance) => string;
  answered: (chance: Chance) => string;
  settled: (chance: Chance) => string;
}
const one =
  (...texts: readonly string[]) =>
  (chance: Chance): string =>
    chance.pick(texts);

/** What customers and colleagues write in a case of each theme. */
export const said: Record<Theme, Said> = {
  lid: {
    asked: one("The lid will not close all the way. I tried two of them.", "Brine comes out when I turn the jar over.", "One side of the lid stands up, so the ring does not grip."),
    replied: one("I am sorry. Which size is it, and does the ring look even?", "Thank you for telling us. Could you send a photo of the rim?"),
    answered: one("The 1 l one. The ring looks fine to me.", "It is the bamboo one, bought with the last order."),
    settled: one("New lids are on their way, and you keep the old ones.", "We sent two lids of the new batch. They close."),
  },
  broken: {
    asked: one("The parcel was dented and one jar is in pieces.", "Two bottles were broken when I opened the box."),
    replied: one("That should not happen. Was the inner carton closed?", "I am sorry. Do you need them replaced, or your money back?"),
    answered: one("Replaced, please. We need them this week.", "The carton was open on one side."),
    settled: one("Replacements leave today, better packed.", "They are on their way, without any cost for you."),
  },
  late: {
    asked: one("It should have come on Tuesday. Where is it?", "The tracking has not moved for days."),
    replied: one("I ask the carrier and come back to you today.", "It is at the depot. I try to have it moved up."),
    answered: one("Thank you, but we need it for the weekend.", "Nothing yet."),
    settled: one("It comes tomorrow; the carrier has confirmed it.", "It was delivered this morning. We are sorry for the wait."),
  },
  wrong: {
    asked: one("I ordered square labels and got round ones.", "The funnel is missing from the parcel."),
    replied: one("I check what was packed. Is the delivery note with it?", "Sorry. What does the label on the box say?"),
    answered: one("The note lists it, the box did not have it.", "It says NW-LAB-02."),
    settled: one("The right ones left today. Keep the others.", "We packed it by hand this time; it is on its way."),
  },
  how: {
    asked: one("How do I clean the sieve without bending it?", "Which ring is the right one for the clip-top jar?", "Can they go into the oven at 120 degrees?"),
    replied: one("Good question. Which jar do you have?", "Do you mean the small or the large one?"),
    answered: one("The small one, 0.5 l.", "The clip-top jar from spring."),
    settled: one("Warm water and a soft brush; never the dishwasher.", "Yes, up to 180 degrees, without the ring."),
  },
  invoice: {
    asked: one("The invoice has our old address. Could you correct it?", "I cannot find the invoice. Please send it again."),
    replied: one("Of course. Which address should it have?", "Is the order number on your confirmation?"),
    answered: one("The one in our signature, please.", "It is the last order of this month."),
    settled: one("The corrected invoice is in your mailbox.", "Sent again, as a PDF."),
  },
}; // prettier-ignore

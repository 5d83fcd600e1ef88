import { stages, type Stage } from "#customers";
import { attract, loseInterest } from "./attract.ts";
import { cast, castFirms, castStory } from "./cast.ts";
import { chanceOf, shuffled, type Chance } from "./chance.ts";
import { convert } from "./convert.ts";
import { deliver } from "./deliver.ts";
import { engage } from "./engage.ts";
import { fates, knownSince, rhythmOf } from "./fate.ts";
import { firmsOf, type Firm } from "./firms.ts";
import { grow } from "./grow.ts";
import { learn } from "./learn.ts";
import { inAscii, someOrigin } from "./names.ts";
import type { Customer, Story } from "./story.ts";

/*
 * Words we use
 *   company   the whole sample: firms, and customers in chunks whose stories point to each other only within a chunk
 *   circle    customers that must be written together: people of one firm, an advocate with the friends they brought
 */
export interface Company {
  firms: readonly Firm[];
  chunks: readonly (readonly Story[])[];
}

export type MoneyOf = (hundredths: number) => { amount: number; currency: string; base_amount: number };

const businessPeople = 300;
const firmCount = 148;
const chunkSize = 200;
const sources = ["the online shop", "a search engine", "the newsletter", "a fair", "social media", "a magazine"];
const jobs = ["Purchasing", "Owner", "Head chef", "Shop manager", "Office", "Operations"];
const mailboxes = ["mailbox.example", "post.example", "inbox.example", "mail.example"];

/** Northwind Goods: the same people and the same two years each time; only the currency of its amounts is given. */
export function sampleCompany(money: MoneyOf): Company {
  const firms = firmsOf(firmCount);
  const customers = customersOf(firms);
  introduceFriends(customers);
  const stories = customers.map((c) => storyOf(c, money));
  const chunks = [cast.map((c) => castStory(c, money)), ...chunksOf(stories)];
  numberOrders(chunks.flat());
  return { firms: [...castFirms, ...firms], chunks };
}

function customersOf(firms: readonly Firm[]): Customer[] {
  const drawn = shuffled(stages.flatMap((stage) => Array.from({ length: fates[stage] }, () => stage)), chanceOf("fates")); // prettier-ignore
  const emails = new Set<string>();
  return drawn.map((fate, i) => {
    const firm = i < businessPeople ? firms[i % firms.length]! : null;
    return customerOf(`c${i + 1}`, fate, firm, emails);
  });
}

function customerOf(key: string, fate: Stage, firm: Firm | null, emails: Set<string>): Customer {
  const chance = chanceOf(key);
  const days = rhythmOf(fate, chance);
  const seen = days.length > 0 ? days[0]! + chance.whole(2, firm ? 45 : 30) : knownSince(fate, chance);
  const person = personOf(chance, firm, emails);
  return { key, fate, firm, seen, days, person, source: chance.pick(sources), friends: [], invited: null };
}

function personOf(chance: Chance, firm: Firm | null, emails: Set<string>): Customer["person"] {
  for (;;) {
    const origin = firm && chance.yes(0.7) ? firm.origin : someOrigin(chance);
    const [given_name, family_name] = [chance.pick(origin.given), chance.pick(origin.family)];
    const local = `${inAscii(given_name)}.${inAscii(family_name)}`;
    const email = `${local}@${firm?.domain ?? chance.pick(mailboxes)}`;
    if (emails.has(email)) continue;
    emails.add(email);
    const phone = chance.yes(0.6) ? origin.phone?.(chance) : undefined;
    const place = firm ?? { country: origin.country, city: chance.pick(origin.cities) };
    return {
      name: `${given_name} ${family_name}`, given_name, family_name, email, phone, language: origin.language, country: place.country, city: place.city,
      ...(firm ? { job_title: chance.pick(jobs) } : {}),
    }; // prettier-ignore
  }
}

/** Lets advocates bring people who came after they had become regular customers themselves. */
function introduceFriends(customers: readonly Customer[]): void {
  const chance = chanceOf("friends");
  const hosts = customers.filter((c) => c.fate === "advocate" && !c.firm);
  for (const friend of customers) {
    if (friend.firm || friend.days.length === 0 || friend.fate === "advocate" || !chance.yes(0.1)) continue;
    const able = hosts.filter((h) => h.friends.length < 4 && (h.days[3] ?? 0) > friend.seen + 3);
    if (able.length === 0) continue;
    const host = chance.pick(able);
    host.friends.push({ key: friend.key, name: String(friend.person.name), seen: friend.seen });
    friend.source = "a friend";
    friend.invited = { mark: `${friend.key} invited`, host: host.key };
  }
}

function storyOf(customer: Customer, money: MoneyOf): Story {
  const story: Story = { customer, orders: [], facts: [] };
  deliver(story);
  attract(story);
  loseInterest(story);
  convert(story, money);
  const troubles = engage(story);
  grow(story);
  learn(story, troubles);
  return story;
}

function chunksOf(stories: readonly Story[]): Story[][] {
  const circles = Map.groupBy(stories, ({ customer: c }) => c.firm?.key ?? c.invited?.host ?? c.key);
  const chunks: Story[][] = [[]];
  for (const circle of circles.values()) {
    if (chunks.at(-1)!.length >= chunkSize) chunks.push([]);
    chunks.at(-1)!.push(...circle);
  }
  return chunks;
}

/** Orders are numbered as they came in. */
function numberOrders(stories: readonly Story[]): void {
  const orders = stories.flatMap((s) => s.orders).toSorted((a, b) => b.ago - a.ago || (a.key < b.key ? -1 : 1));
  orders.forEach((order, i) => (order.number = `NW-${10_001 + i}`));
}

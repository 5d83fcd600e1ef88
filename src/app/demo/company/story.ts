import type { Person, Stage } from "#customers";
import type { FactName, PayloadOf } from "#timeline";
import { chanceOf, type Chance } from "./chance.ts";
import type { Firm } from "./firms.ts";
import type { OrderedLine } from "./goods.ts";

/*
 * Words we use
 *   customer   who the story is about, how they came, and the days on which they order
 *   story      everything that happens to one customer, as days before today; nothing in it knows the date
 *   mark       the name under which a later line of the same chunk points to a fact as its cause
 */
export interface Customer {
  key: string;
  person: Omit<Person, "key" | "first_seen_at" | "external">;
  firm: Firm | null;
  fate: Stage;
  /** The day they became known, before today. */
  seen: number;
  /** Days of their orders before today, oldest first. */
  days: readonly number[];
  source: string;
  /** Those who came because this one recommended us. */
  friends: { key: string; name: string; seen: number }[];
  /** The mark of the recommendation that brought them. */
  invited: { mark: string; host: string } | null;
}

export interface ToldFact<N extends FactName = FactName> {
  name: N;
  payload: PayloadOf<N>;
  ago: number;
  mark?: string;
  cause?: string;
  /** Who of the company did it; the customer themself when absent. */
  by?: string;
}

export interface ToldOrder {
  key: string;
  number: string;
  ago: number;
  lines: OrderedLine[];
  payments: { ago: number; share: number; method: string }[];
  delivered: { ago: number; late: number; mark: string } | null;
  back: { ago: number; line: number; quantity: number; reason: string; refunded: number } | null;
}

export interface Story {
  customer: Customer;
  orders: ToldOrder[];
  facts: ToldFact[];
}

export const staff = ["Mira Okafor", "Tom Weber", "Sara Lund"] as const;

/** The luck of one part of a customer's story. */
export const luck = (customer: Pick<Customer, "key">, part: string): Chance => chanceOf(`${customer.key} ${part}`);

/** Some time of a working day, as days before today; below zero it has not happened yet. */
export const during = (day: number, chance: Chance): number => day - chance.between(7, 20) / 24;

/** Adds a line to the story, unless it lies ahead of us or before they were known. */
export function tell<N extends FactName>(
  story: Story,
  name: N,
  ago: number,
  payload: PayloadOf<N>,
  more: Pick<ToldFact, "mark" | "cause" | "by"> = {},
): void {
  if (ago > 0.05 && ago < story.customer.seen - 0.25) story.facts.push({ name, payload, ago, ...more });
}

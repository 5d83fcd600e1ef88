import { luck, type Customer } from "./story.ts";

/*
 * Words we use
 *   trial   an improvement tried on a part of the customers, drawn by their luck; the stories hold what it did, the product measures it
 */
export const trials = {
  /** Who is told when the parcel comes opens a case 0.3 times as often. */
  message: { name: "Delivery text message", start: 200, review: 1 },
  /** Asked on the day after delivery, 30 % answer instead of 56 %. */
  asking: { name: "Asking on the day after delivery", start: 150, review: 21 },
  /** Does nothing. */
  reminder: { name: "A reminder after four weeks", start: 300, review: 75 },
} as const;
export type Trial = keyof typeof trials;

/** Whether the customer was drawn for it. */
export const drawn = (customer: Pick<Customer, "key">, trial: Trial): boolean =>
  luck({ key: customer.key }, `trial ${trial}`).yes(0.5);

/** Whether the customer gets it at that day before today. */
export const gets = (customer: Pick<Customer, "key">, trial: Trial, ago: number): boolean =>
  ago < trials[trial].start && drawn(customer, trial);

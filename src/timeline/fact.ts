import { z } from "zod";

/*
 * Words we use
 *   fact      something that happened to a customer; append-only, told in the past tense as noun.verb
 *   payload   ids plus what a person needs to read the line later; no row dumps; only ever added to
 *   sentence  the line a person reads, without its subject: "ordered 3 lines for EUR 12.00"
 */
export interface FactKind<P extends z.ZodType = z.ZodType> {
  readonly payload: P;
  readonly sentence: (payload: z.output<P>, words: Words) => string;
  /** One line for docs/facts.md and the builder: "placed an order". */
  readonly label: string;
}

/** How a sentence writes money; given by the reader, so that locale and zone are theirs. */
export interface Words {
  money(amount: number, currency: string): string;
}

/** Defines a kind of fact. */
export const fact = <P extends z.ZodType>(
  label: string,
  payload: P,
  sentence: (payload: z.output<P>, words: Words) => string,
): FactKind<P> => ({
  label,
  payload,
  sentence,
});

export const text = z.string().max(1000);
export const id = z.uuid();
/** Why, in the one taxonomy of reasons: its id for counting, its words for reading. */
export const because = { reason_id: id.nullish() };
/** Minor units with their currency, and the same in the workspace's currency. */
export const amounts = { amount: z.int(), currency: z.string().length(3), base_amount: z.int() };

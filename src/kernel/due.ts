/*
 * Words we use
 *   due    something a person should do now: answer a lead, call a detractor, look at an improvement; the module that owns the work says
 *          so, with its reason and the one act that ends it
 *   loses  what is lost while it waits: the answer somebody waits for, a customer who is going, a promise that can be kept, a deal that
 *          cools, the start of a new customer, money that is owed, thanks, something to learn
 */
export type Loses = "answer" | "customer" | "promise" | "deal" | "start" | "money" | "thanks" | "learning";
export interface Due {
  /** Unique and stable while it is due: "lead:<id>". */
  readonly id: string;
  readonly stage: "attract" | "convert" | "deliver" | "engage" | "grow" | "learn";
  /** What to do, in words: "Answer Ana Ruiz". */
  readonly title: string;
  /** Why, and why now: "asked for a demo 12 min ago · 84 points". */
  readonly reason: string;
  /** When it should be done; null when there is no hour to it. ISO 8601. */
  readonly due_at: string | null;
  readonly loses: Loses;
  /** What is at stake, in minor units of the workspace's currency; 0 when nobody can say. */
  readonly value: number;
  readonly contact_id: string | null;
  readonly account_id: string | null;
  /** Who should do it; null for anybody. */
  readonly owner_id: string | null;
  readonly act: DueAct;
}

export interface DueAct {
  /** One verb for the key's label: "reply", "call", "ship". */
  readonly label: string;
  /** The screen where it is done: "/leads/<id>". */
  readonly to: string;
  /** What is called to have it done at once, by "module.name" of an endpoint, with its input; absent when it needs the screen. */
  readonly call?: { readonly endpoint: string; readonly input: Readonly<Record<string, unknown>> };
}

/** Something that is open with a customer: an unpaid invoice, a case, a deal; the module that owns it says so. */
export interface OpenThing {
  readonly id: string;
  /** "Case C-2081, wrong lid". */
  readonly title: string;
  /** Short: "€9,600 · 40 %". */
  readonly note: string | null;
  readonly to: string;
  /** When it should be done with; null when there is no day to it. ISO 8601. */
  readonly due_at: string | null;
}

/** Whose page it is. */
export type Whose = { readonly contact_id: string } | { readonly account_id: string };

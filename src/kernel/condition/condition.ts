import { z } from "zod";
import { spanUnits, type Span } from "../period.ts";

/*
 * The one condition language. A condition is a JSON tree about one subject (a contact, an account, an order ...).
 *
 * Words we use
 *   node      all / any / not, or a leaf
 *   leaf      field    a field of the subject ("email"), of a related record ("account.name"), or a custom one ("custom.tier")
 *             fact     did NAME at least / at most / exactly n times, within a time, where the payload ...
 *             last     the last NAME has a payload that ...; false when there is none
 *             quiet    the last NAME is longer ago than factor x the subject's usual gap between NAMEs
 *             related  some / none / a count of related records where ...
 *             sample   a stable random part of all subjects
 *             segment  is, or is not, in a segment
 *             consent  has given, or has not given, consent to a purpose ("newsletter")
 *   subject   the record the condition is about
 *   now       always a parameter, never the clock
 */
export const fieldOps = [
  "is", "is_not", "in", "not_in", "contains", "not_contains", "starts_with", "ends_with",
  "lt", "lte", "gt", "gte", "between", "is_empty", "is_set", "within_last", "older_than", "within_next",
] as const; // prettier-ignore
export type FieldOp = (typeof fieldOps)[number];

export type Scalar = string | number | boolean;
export interface FieldLeaf {
  field: string;
  op: FieldOp;
  /** Nothing for is_empty and is_set; a list for in, not_in (1..500) and between (2); a span for within_last, older_than, within_next. */
  value?: Scalar | Scalar[] | Span | undefined;
}
/** Times a fact happened. Absent: at least once. */
export interface Times {
  op: "at_least" | "at_most" | "exactly";
  n: number;
}
/** When a fact counts: the last n units; or since an instant held by a date-and-time field of the subject. */
export type Within =
  | { last: Span }
  | { since_field: string }
  | { from?: string | undefined; until?: string | undefined };
export interface FactLeaf {
  fact: string;
  times?: Times | undefined;
  within?: Within | undefined;
  /** About the payload: fields are payload paths ("amount", "product.sku"). Only all/any/not and field leaves. */
  where?: Condition | undefined;
}
export interface LastLeaf {
  last: string;
  where: Condition;
}
export interface QuietLeaf {
  quiet: string;
  /** How many usual gaps of silence make it true. */
  factor: number;
  /** The gap in days of a subject with fewer than two gaps of its own. */
  usual_gap_days: number;
  /** Never true before this many days of silence. */
  at_least_days?: number | undefined;
}
export interface RelatedLeaf {
  related: string;
  has: "some" | "none" | Times;
  where?: Condition | undefined;
}
export interface SampleLeaf {
  sample: { percent: number; salt: string };
}
export interface SegmentLeaf {
  /** The segment's id. */
  segment: string;
  is: boolean;
}
export interface ConsentLeaf {
  /** What the consent is for; one that is pending or withdrawn is not given. */
  consent: string;
  is: boolean;
}
export type Leaf = FieldLeaf | FactLeaf | LastLeaf | QuietLeaf | RelatedLeaf | SampleLeaf | SegmentLeaf | ConsentLeaf;
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Leaf;

const fieldPath = z
  .string()
  .max(120)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+){0,3}$/, "a field is written like email, account.name or custom.tier");
const factName = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/, "a fact is written like order.placed");
const scalar = z.union([z.string().max(1000), z.number(), z.boolean()]);
export const spanSchema = z.strictObject({ n: z.int().min(1).max(36_500), unit: z.enum(spanUnits) });
const times = z.strictObject({ op: z.enum(["at_least", "at_most", "exactly"]), n: z.int().min(0).max(1_000_000) });
const within = z.union([
  z.strictObject({ last: spanSchema }),
  z.strictObject({ since_field: fieldPath }),
  z.strictObject({
    from: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
  }),
]);

const node: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(node).max(50) }),
      z.strictObject({ any: z.array(node).max(50) }),
      z.strictObject({ not: node }),
      z.strictObject({
        field: fieldPath,
        op: z.enum(fieldOps),
        value: z.union([scalar, z.array(scalar).max(500), spanSchema]).optional(),
      }),
      z.strictObject({ fact: factName, times: times.optional(), within: within.optional(), where: node.optional() }),
      z.strictObject({ last: factName, where: node }),
      z.strictObject({
        quiet: factName,
        factor: z.number().positive().max(100),
        usual_gap_days: z.number().positive().max(3650),
        at_least_days: z.number().min(0).max(3650).optional(),
      }),
      z.strictObject({
        related: z.string().regex(/^[a-z_]{1,60}$/),
        has: z.union([z.enum(["some", "none"]), times]),
        where: node.optional(),
      }),
      z.strictObject({
        sample: z.strictObject({ percent: z.number().min(0).max(100), salt: z.string().min(1).max(60) }),
      }),
      z.strictObject({ segment: z.uuid(), is: z.boolean() }),
      z.strictObject({ consent: z.string().regex(/^[a-z][a-z_]{0,39}$/), is: z.boolean() }),
    ]),
  )
  // A schema that contains itself is told once in the API document, under this name.
  .meta({ id: "Condition" });

const depthOf = (value: unknown, depth = 0): number =>
  depth > 60 || typeof value !== "object" || value === null
    ? depth
    : Math.max(depth, ...Object.values(value).map((v) => depthOf(v, depth + 1)));

/** The schema of a condition; trees nested deeper than 24 levels of JSON are refused before they are walked. */
export const conditionSchema: z.ZodType<Condition> = z
  .unknown()
  .refine((v) => depthOf(v) <= 24, "the condition is nested too deeply")
  .pipe(node) as z.ZodType<Condition>;

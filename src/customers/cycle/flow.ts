import type { Condition } from "#kernel/condition";
import type { Ctx } from "#platform/context";
import { checkFilter, objectNamed } from "#records";
import { stages, type Stage, type SubjectKind } from "../stage.ts";
import { flowsOf, unknown, type Stood } from "./flow-sql.ts";
import { checkPeriod, type Flowed } from "./moved.ts";
import type { RingAsked } from "./ring.ts";

/*
 * Words we use
 *   flow   from the stage in which customers stood when the period began to the one in which they stand at its end; who was not known
 *          then comes from "unknown". Unlike the ring it shows the ways sideways too: who fell at risk, lapsed, came back
 */
export interface Flow {
  subject: SubjectKind;
  from: Date;
  until: Date;
  total: number;
  flows: { stood: Stood; stands: Stage; count: number; list: { moved: Flowed; filter?: Condition } }[];
}

const place = (stage: Stood): number => (stage === unknown ? -1 : stages.indexOf(stage));

/** Where everybody of the cohort stood when the period began and stands at its end, in the order of the stages. */
export async function flowOf(ctx: Ctx, asked: Omit<RingAsked, "lens">): Promise<Flow> {
  const { from, until, cohort, subject = "contact" } = asked;
  checkPeriod(from, until);
  if (cohort) checkFilter(cohort, objectNamed(subject));
  const found = await flowsOf(ctx, { from, until, cohort, subject });
  const ordered = found.toSorted((a, b) => place(a.stood) - place(b.stood) || place(a.stands) - place(b.stands));
  return {
    subject,
    from,
    until,
    total: found.reduce((sum, one) => sum + one.count, 0),
    flows: ordered.map((one) => ({
      ...one,
      list: { moved: { stood: one.stood, stands: one.stands, since: from, until }, ...(cohort ? { filter: cohort } : {}) },
    })),
  }; // prettier-ignore
}

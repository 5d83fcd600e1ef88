import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { objectOf } from "../kit/boot.ts";
import { dayAndMonth } from "../kit/format.ts";
import { sentenceOf } from "../kit/problem.ts";
import { FactList } from "../records/FactList.tsx";
import { andOwn } from "../records/record.ts";
import type { Rec } from "../records/record.ts";
import { Since } from "./Since.tsx";
import { Worth } from "./Worth.tsx";
import { customersOf, pluralOf, type SubjectKind } from "./told.ts";

const shown = {
  contact: ["email", "phone", "job_title", "account_id", "owner_id", "country", "city", "source", "created_at"],
  account: ["domain", "industry", "phone", "website", "owner_id", "country", "city", "source", "created_at"],
} as const;

/** What a look at the side shows of a customer: the stage, the worth, how to reach them, what happened last. */
export const CustomerPeek = ({ subject, record }: { subject: SubjectKind; record: Rec }) => {
  const { _ } = useLingui();
  const object = objectOf(subject);
  const last = useQuery({
    queryKey: ["timeline", record.id, "last"],
    queryFn: ({ signal }) => customersOf(pluralOf(subject)).timeline(record.id, { limit: 6 }, signal),
  });
  if (!object) return null;
  return (
    <div className="stack customer-peek">
      <div>
        <Since record={record} />
      </div>
      <Worth record={record} />
      <FactList object={object} record={record} only={andOwn(object, shown[subject])} />
      <section aria-label={_("What happened last")}>
        <h3 className="part-title">{_("What happened last")}</h3>
        {last.isError && <p className="quiet">{sentenceOf(last.error)}</p>}
        {last.data?.items.length === 0 && <p className="quiet">{_("Nothing yet.")}</p>}
        <ul className="short-facts">
          {last.data?.items.map((fact) => (
            <li key={fact.id} className="line" data-cycle={fact.stage}>
              <span className="dot" />
              <bdi className="fill">{fact.sentence}</bdi>
              <span className="quiet small number">{dayAndMonth(fact.occurred_at)}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
};

import { useEffect, useRef, useState } from "react";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQueries, useQuery } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { count, timeOfDay, total } from "../kit/format.ts";
import { useLive, type LiveEvents } from "../kit/live.ts";
import { recordsOf, type Rec } from "../records/record.ts";
import { daysSince, shortDay } from "../customers/days.ts";
import { listOf, pluralOf, type SubjectKind } from "../customers/told.ts";
import { textIn } from "../customers/values.ts";

const atRisk: Condition = { field: "lifecycle_stage", op: "in", value: ["at_risk"] };
const shown = 8; // lines
// An import tells thousands of facts a second; the list moves at most this often, in milliseconds.
const pace = 1500;

const RiskLine = ({ record, subject }: { record: Rec; subject: SubjectKind }) => {
  const { _ } = useLingui();
  const last = record["last_order_at"];
  const gap = record["usual_gap_days"];
  const why =
    typeof last !== "string"
      ? ""
      : typeof gap === "number"
        ? _("No order for {days} days, usual gap {gap}", {
            days: count(daysSince(last)),
            gap: count(Math.round(gap)),
          })
        : _("No order for {days} days", { days: count(daysSince(last)) });
  return (
    <li>
      <Link to={`/${pluralOf(subject)}/$id`} params={{ id: record.id }} className="beside-line" data-tone="red">
        <span className="dot" />
        <span className="fill">
          <bdi className="strong">{textIn(record, "name", "—")}</bdi>
          <span className="quiet small">{why}</span>
        </span>
        <span className="quiet small number">{shortDay(textIn(record, "lifecycle_since"))}</span>
      </Link>
    </li>
  );
};

const NewlyAtRisk = ({ subject }: { subject: SubjectKind }) => {
  const { _ } = useLingui();
  const plural = pluralOf(subject);
  const list = useQuery({
    queryKey: [plural, "newly-at-risk"],
    queryFn: () => recordsOf(plural).list({ filter: atRisk, sort: "-lifecycle_since", limit: shown }),
  });
  const rows = list.data?.items ?? [];
  if (list.isError) return null; // who may not read customers has no such list
  return (
    <section aria-label={_("Newly at risk")}>
      <header className="line beside-head">
        <h2 className="fill">{_("Newly at risk")}</h2>
        {list.data && rows.length > 0 && (
          <Link className="link small number" {...listOf(subject, atRisk, "-lifecycle_since")}>
            {_("All {n}", { n: total(list.data.total) })}
          </Link>
        )}
      </header>
      {list.data && rows.length === 0 && <p className="quiet beside-none">{_("Nobody is at risk now.")}</p>}
      <ul>
        {rows.map((record) => (
          <RiskLine key={record.id} record={record} subject={subject} />
        ))}
      </ul>
    </section>
  );
};

type LiveFact = LiveEvents["fact"] & { occurred_at?: string };

const useLatest = (): readonly LiveFact[] => {
  const [facts, setFacts] = useState<readonly LiveFact[]>([]);
  const waiting = useRef<LiveFact[]>([]);
  const clock = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(clock.current), []);
  useLive("fact", (fact) => {
    if (!fact.contact_id && !fact.account_id) return;
    waiting.current = [fact, ...waiting.current].slice(0, shown);
    clock.current ??= setTimeout(() => {
      clock.current = undefined;
      const fresh = waiting.current;
      waiting.current = [];
      setFacts((before) => [...fresh, ...before].slice(0, shown));
    }, pace);
  });
  return facts;
};

const JustHappened = () => {
  const { _ } = useLingui();
  const facts = useLatest();
  const whose = (fact: LiveFact) => (fact.contact_id ? { plural: "contacts", id: fact.contact_id } : { plural: "accounts", id: fact.account_id ?? "" }); // prettier-ignore
  const names = useQueries({
    queries: facts.map((fact) => {
      const { plural, id } = whose(fact);
      return { queryKey: [plural, "one", id], queryFn: () => recordsOf(plural).get(id), staleTime: 60_000 };
    }),
  });
  if (facts.length === 0) return null;
  return (
    <section aria-label={_("Just happened")}>
      <header className="line beside-head">
        <h2 className="fill">{_("Just happened")}</h2>
      </header>
      <ul>
        {facts.map((fact, i) => {
          const { plural, id } = whose(fact);
          return (
            <li key={fact.id}>
              <Link to={`/${plural}/$id`} params={{ id }} className="beside-line">
                <span className="dot" />
                <span className="fill">
                  <bdi className="strong">{textIn(names[i]?.data, "name", "…")}</bdi>
                  <bdi className="quiet small">{fact.sentence}</bdi>
                </span>
                {fact.occurred_at && <span className="quiet small number">{timeOfDay(fact.occurred_at)}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

/** Beside the ring: whom the company is about to lose, and what happens right now. */
export const Beside = ({ subject }: { subject: SubjectKind }) => (
  <div className="beside">
    <NewlyAtRisk subject={subject} />
    <JustHappened />
  </div>
);

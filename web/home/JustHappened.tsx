import { useEffect, useRef, useState } from "react";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQueries } from "@tanstack/react-query";
import { timeOfDay } from "../kit/format.ts";
import { useLive, type LiveEvents } from "../kit/live.ts";
import { recordsOf } from "../records/record.ts";
import { textIn } from "../customers/values.ts";

const shown = 8; // lines
// An import tells thousands of facts a second; the list moves at most this often, in milliseconds.
const pace = 1500;

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

/** What happens right now, as it happens. */
export const JustHappened = () => {
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

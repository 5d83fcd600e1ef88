import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { may } from "../kit/boot.ts";
import { offers } from "../kit/client.ts";
import { money, total } from "../kit/format.ts";
import { referrals, type Around } from "../cycle/grow/advocacy/told.ts";
import { recordsOf, type Rec } from "../records/record.ts";
import { stageWord } from "./stages.tsx";
import type { SubjectKind } from "./told.ts";
import { figureIn, textIn } from "./values.ts";

const shown = 8; // lines

interface Near {
  id: string;
  name: string;
  words: string;
}

/** Who brought a person, and whom they brought. */
const useReferral = (contactId: string | undefined, name: string): readonly Near[] => {
  const { _ } = useLingui();
  const asked = useQuery({
    queryKey: ["referrals", "of", contactId],
    queryFn: () => referrals().ofContact({ id: contactId ?? "" }),
    enabled: contactId !== undefined && offers("referrals.ofContact") && may("referrals.read"),
  });
  const around = asked.data as unknown as Around | undefined;
  if (!around) return [];
  return [
    ...(around.by ? [{ id: around.by.advocate_id, name: around.by.advocate, words: _("referred {name}", { name }) }] : []),
    ...around.made.slice(0, 4).map((one) => ({ id: one.friend_id, name: one.friend, words: _("came through {name}", { name }) })),
  ];
}; // prettier-ignore

/** The people around a customer: of an account its people, of a person the others of the same account, who brought them and whom they brought. */
export const People = ({ subject, record }: { subject: SubjectKind; record: Rec }) => {
  const { _ } = useLingui();
  const account = subject === "account" ? record.id : record["account_id"];
  const filter: Condition = { field: "account_id", op: "is", value: String(account) };
  const people = useQuery({
    queryKey: ["contacts", "around", account],
    queryFn: ({ signal }) => recordsOf("contacts").list({ filter, sort: "-paid_total", limit: shown + 1 }, signal),
    enabled: typeof account === "string",
  });
  const others = (people.data?.items ?? []).filter((one) => one.id !== record.id).slice(0, shown);
  const near = useReferral(subject === "contact" ? record.id : undefined, textIn(record, "given_name") || textIn(record, "name")); // prettier-ignore
  if (subject === "contact" ? others.length + near.length === 0 : !people.data) return null;
  return (
    <section aria-label={_("People around")}>
      <h3 className="part-title line">
        <span className="fill">{subject === "account" ? _("People") : _("People around")}</span>
        {people.data && people.data.items.length > 0 && (
          <Link className="link small number" to="/contacts" search={{ filter }}>
            {_("All {n}", { n: total(people.data.total) })}
          </Link>
        )}
      </h3>
      {others.length + near.length === 0 && <p className="quiet">{_("Nobody is known here yet.")}</p>}
      <ul>
        {others.map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to="/contacts/$id" params={{ id: one.id }} data-tone={stageWord(textIn(one, "lifecycle_stage")).tone}>
              <span className="dot" />
              <span className="fill">
                <bdi>{textIn(one, "name", "—")}</bdi>{" "}
                <span className="quiet small">{textIn(one, "job_title", _(stageWord(textIn(one, "lifecycle_stage")).label))}</span>
              </span>
              <span className="quiet small number">{figureIn(one, "paid_total") > 0 ? money(figureIn(one, "paid_total")) : ""}</span>
            </Link>
          </li>
        ))}
        {near.filter((one) => !others.some((other) => other.id === one.id)).map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to="/contacts/$id" params={{ id: one.id }} data-tone="amber">
              <span className="dot" />
              <span className="fill"><bdi>{one.name}</bdi> <span className="quiet small">{one.words}</span></span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
};

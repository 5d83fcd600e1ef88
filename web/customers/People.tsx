import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { money, total } from "../kit/format.ts";
import { recordsOf, type Rec } from "../records/record.ts";
import { stageWord } from "./stages.tsx";
import type { SubjectKind } from "./told.ts";
import { figureIn, textIn } from "./values.ts";

const shown = 8; // lines

/** The people around a customer: of an account its people, of a person the others of the same account. */
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
  if (!people.data || (subject === "contact" && others.length === 0)) return null;
  return (
    <section aria-label={_("People around")}>
      <h3 className="part-title line">
        <span className="fill">{subject === "account" ? _("People") : _("People around")}</span>
        {people.data.items.length > 0 && (
          <Link className="link small number" to="/contacts" search={{ filter }}>
            {_("All {n}", { n: total(people.data.total) })}
          </Link>
        )}
      </h3>
      {others.length === 0 && <p className="quiet">{_("Nobody is known here yet.")}</p>}
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
      </ul>
    </section>
  ); // prettier-ignore
};

import { useState } from "react";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { shortDay } from "../../../customers/days.ts";
import { count } from "../../../kit/format.ts";
import { surveys, type Results } from "./told.ts";

const Who = ({ id, code }: { id: string; code: string }) => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["surveys", id, "held", code], queryFn: () => surveys().held({ id, code }) });
  if (!asked.data) return <p className="unseen" role="status">{_("On its way")}</p>; // prettier-ignore
  return (
    <ul className="survey-who">
      {asked.data.items.map((one) => (
        <li key={one.id} className="line">
          <Link className="link clip" to="/contacts/$id" params={{ id: one.contact_id }}><bdi>{one.contact}</bdi></Link>
          <span className="quiet small fill clip">{one.reason}</span>
          <span className="quiet small">{shortDay(String(one.decided_at))}</span>
        </li>
      ))}
    </ul>
  ); // prettier-ignore
};

/** Who was not asked and why: without them nobody can judge whom the answers leave out. */
export const HeldOf = ({ id, results }: { id: string; results: Results }) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState<string>();
  if (results.held.length === 0) return null;
  return (
    <section aria-label={_("Not asked")}>
      <h2 className="part-title">{_("Not asked, and why")}</h2>
      <ul>
        {results.held.map((held) => (
          <li key={held.code}>
            <button type="button" className="plain line survey-held" aria-expanded={open === held.code} onClick={() => setOpen(open === held.code ? undefined : held.code)}>
              <span className="number survey-n">{count(held.n)}</span>
              <span className="clip">{held.words}</span>
            </button>
            {open === held.code && <Who id={id} code={held.code} />}
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
};

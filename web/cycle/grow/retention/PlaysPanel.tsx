import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { PlaysApi } from "#grow/retention";
import { may } from "../../../kit/boot.ts";
import { client, offers } from "../../../kit/client.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { useOutcome } from "./outcome.ts";

const usePlays = ({ contactId, accountId }: PanelProps) => {
  const id = contactId ?? accountId ?? "";
  const asked = useQuery({
    queryKey: ["plays", "of", id],
    queryFn: () => (contactId ? client<PlaysApi>("plays").ofContact({ id }) : client<PlaysApi>("plays").ofAccount({ id })),
    enabled: offers("plays.ofContact") && may("plays.read"),
  });
  return asked.data?.items ?? [];
}; // prettier-ignore

/** The plays a customer is in now, and until when their outcome is open. */
export const PlaysAhead = (whose: PanelProps) => {
  const { _ } = useLingui();
  const outcomeOf = useOutcome();
  const open = usePlays(whose).filter((run) => run.outcome === "open");
  return open.slice(0, 3).map((run) => (
    <li key={run.id}>
      <Link className="side-line line" to="/plays/$id" params={{ id: run.play_id }}>
        <bdi className="fill clip">{run.held_out ? _("Left alone by the play: {name}", { name: run.play }) : _("Play: {name}", { name: run.play })}</bdi>
        <span className="quiet small number">{outcomeOf(run).said}</span>
      </Link>
    </li>
  ));
}; // prettier-ignore

/** The plays a customer was in, and what came of them. */
export const PlaysPanel = (whose: PanelProps) => {
  const { _ } = useLingui();
  const outcomeOf = useOutcome();
  const past = usePlays(whose).filter((run) => run.outcome !== "open");
  if (past.length === 0) return null;
  return (
    <section aria-label={_("Plays")}>
      <h3 className="part-title">{_("Plays")}</h3>
      <ul>
        {past.slice(0, 4).map((run) => {
          const { tone, said } = outcomeOf(run);
          return (
            <li key={run.id}>
              <Link className="side-line line" to="/plays/$id" params={{ id: run.play_id }} data-tone={tone}>
                <span className="dot" />
                <bdi className="fill clip">{run.play}</bdi>
                <span className="quiet small">{run.held_out ? _("left alone · {said}", { said }) : said}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

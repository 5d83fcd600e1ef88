import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import type { Rise } from "#learn/insight";
import { may } from "../../../kit/boot.ts";
import { count, percent } from "../../../kit/format.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { themes } from "./told.ts";

/** That a theme rose more than chance explains, with the figures that say so, and what to do about it. */
export const Rising = ({ rise, name }: { rise: Rise; name: string }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ["themes"] });
  const wave = async (): Promise<void> => {
    try {
      await themes().putOff({ id: rise.theme_id });
      done(_("“{name}” is not proposed for 90 days", { name }), () => themes().putOff({ id: rise.theme_id, days: 0 }).then(again));
      void again();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const { now, before, difference } = rise;
  return (
    <aside className="note stack" data-tone="amber">
      <p>
        <strong>{_("Rising.")}</strong>{" "}
        {_("{now} of {n} customers raised it in 30 days, against {before} in the 90 days before: {points} points more [{low}, {high}].", {
          now: percent(now.k / now.n, 1), n: count(now.n), before: percent(before.k / before.n, 1),
          points: count(100 * difference.value), low: count(100 * difference.low), high: count(100 * difference.high),
        })}{" "}
        <span className="quiet">{_("Of all themes said to rise, at most one in twenty does so by chance.")}</span>
      </p>
      {may("insights.create") && (
        <div className="line">
          <Button renderRoot={(props) => <Link {...props} to="/insights/new" search={{ about: "theme", theme_id: rise.theme_id, proposed: true }} />}>{_("Make an insight")}</Button>
          <Button variant="default" onClick={() => void wave()}>{_("Not now")}</Button>
        </div>
      )}
    </aside>
  );
}; // prettier-ignore

import { useLingui } from "@lingui/react";
import type { LoyaltyTold } from "#grow/loyalty";
import { workspace } from "../../../kit/boot.ts";
import { count, money, percent } from "../../../kit/format.ts";
import { dayIn } from "./told.ts";

type Version = LoyaltyTold["versions"][number];

/** One version of the rules, in words. */
const useWords = () => {
  const { _ } = useLingui();
  return ({ rules: r }: Version): string[] => [
    _("{points} points for each {currency} of goods, after discounts and without tax", { points: r.points_per_unit, currency: workspace().currency }),
    r.expiry === "never" ? _("Points never expire") : r.expiry === "days" ? _("Points expire {n} days after they become spendable", { n: r.expiry_after }) : _("Points expire {n} months after they become spendable", { n: r.expiry_after }),
    r.refund === "debt" ? _("What comes back after it was spent is owed") : _("What comes back after it was spent is taken from other points, and then owed"),
    r.burn_refund === "none" ? _("Points that paid an order do not come back") : r.burn_refund === "full_only" ? _("Points that paid an order come back when all of it does") : _("Points that paid an order come back in proportion"),
    _("{name} over {sum} for {points} points, for {days} days", { name: r.reward.name, sum: money(r.reward.amount), points: count(r.reward.points), days: r.voucher_days }),
    _("Tiers by the points of {months} months, {days} days of grace", { months: r.tier_months, days: r.grace_days }),
    _("{share} of all points are expected never to be spent", { share: percent(r.breakage / 100) }),
  ]; // prettier-ignore
};

/** The rules of now, and the versions before: what was earned by one keeps it. */
export const Rules = ({ versions }: { versions: readonly Version[] }) => {
  const { _ } = useLingui();
  const words = useWords();
  const [now, ...before] = versions;
  if (!now) return null;
  const list = (version: Version) => <ul className="loyalty-rules">{words(version).map((said) => <li key={said}>{said}</li>)}</ul>; // prettier-ignore
  return (
    <section aria-label={_("Rules")}>
      <h2 className="part-title">{_("Rules, version {version}", { version: now.version })}</h2>
      {list(now)}
      {before.map((version) => (
        <details key={version.version}>
          <summary className="quiet">
            {_("Version {version}, from {day}, by {name}", { version: version.version, day: dayIn(version.since), name: version.by_name })}
          </summary>
          {list(version)}
        </details>
      ))}
    </section>
  ); // prettier-ignore
};

import { useLingui } from "@lingui/react";
import type { Stake as Parts } from "#learn/insight";
import { money } from "../../../kit/format.ts";

/** What a theme costs and endangers, each part by its name. */
export const Stake = ({ stake }: { stake: Parts }) => {
  const { _ } = useLingui();
  const parts = [
    [_("Refunded on the orders it is about"), stake.refunded],
    [_("Goods that came back beyond that"), stake.returned],
    [_("Deals lost for it"), stake.lost],
    [_("What those who raised it paid in a year: theirs to take away"), stake.customers],
  ] as const;
  return (
    <dl className="stake">
      {parts.map(([label, amount]) => (
        <div key={label} className="line">
          <dt className="fill quiet">{label}</dt>
          <dd className="number">{money(amount)}</dd>
        </div>
      ))}
    </dl>
  );
};

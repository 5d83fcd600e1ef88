import { useLingui } from "@lingui/react";
import type { Faces } from "../../../kit/board/board.ts";
import { ageOf, daysIn, type Card, type Column } from "./told.ts";
import { count, money, workspaceCurrency } from "./words.ts";

const CardFace = ({ card, column }: { card: Card; column: Column }) => {
  const { _ } = useLingui();
  const age = ageOf(card, column);
  const days = daysIn(card.stage_since);
  const aged = age === "cold" ? _("no step for {n} days", { n: daysIn(card.touched_at) }) : _("longer here than the target of {n} days", { n: column.target_days ?? 0 });
  return (
    <>
      <bdi className="board-card-name clip">{card.name}</bdi>
      <span className="line">
        <bdi className="fill clip quiet">{(card.account ?? card.contact)?.title ?? ""}</bdi>
        <span className="quiet number" title={age === "fresh" ? undefined : aged}>
          {age !== "fresh" && <><span className="dot" data-tone={age === "cold" ? "red" : "amber"} aria-hidden /><span className="unseen">{aged}, </span></>}
          {_("{n} d", { n: days })}
        </span>
      </span>
      <span className="line">
        <bdi className="fill clip quiet">{card.owner?.title ?? _("Nobody")}</bdi>
        <span className="number">{money(card.amount, card.currency)}</span>
      </span>
    </>
  );
}; // prettier-ignore

const Head = ({ column }: { column: Column }) => {
  const { _ } = useLingui();
  const open = column.category === "open";
  const sums = open
    ? _("{total}, weighted {weighted}", { total: money(column.total), weighted: money(Math.round(column.weighted)) })
    : money(column.total);
  return (
    <p className="quiet number small" title={sums}>
      {money(column.total, workspaceCurrency(), true)}
      {open && <span title={_("Weighted by probability")}> · {money(Math.round(column.weighted), workspaceCurrency(), true)} {_("weighted")}</span>}
    </p>
  );
}; // prettier-ignore

const None = ({ column }: { column: Column }) => {
  const { _ } = useLingui();
  return column.category === "open" ? _("No deals here") : _("None in the last 30 days");
};

const Foot = ({ column }: { column: Column }) => {
  const { _ } = useLingui();
  return _("{n} more in the table", { n: count(column.count - column.cards.length) });
};

/** What the board of deals shows: whose, how much, how long it stands here; the dot says when that is too long. */
export const dealFaces: Faces<Column> = {
  Card: CardFace,
  Head,
  None,
  Foot,
  href: (card) => `/opportunities/${card.id}`,
};

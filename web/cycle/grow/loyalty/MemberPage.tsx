import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { MemberTold } from "#grow/loyalty";
import { may } from "../../../kit/boot.ts";
import { count } from "../../../kit/format.ts";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Lots } from "./Lots.tsx";
import { Movements } from "./Movements.tsx";
import { PointsDialog } from "./PointsDialog.tsx";
import { Vouchers } from "./Vouchers.tsx";
import { dayIn, lastDay, loyalty } from "./told.ts";
import "../worth/worth.css";
import "./loyalty.css";

const Standing = ({ member: m }: { member: MemberTold }) => {
  const { _ } = useLingui();
  const tier = m.next && m.next.missing > 0 ? _("{n} points to {tier}", { n: count(m.next.missing), tier: m.next.tier }) : m.evaluate_at ? (m.in_grace ? _("in grace until {day}", { day: dayIn(m.evaluate_at) }) : _("looked at again on {day}", { day: dayIn(m.evaluate_at) })) : "";
  const figures: [string, string, string][] = [
    [_("Available"), count(m.available), m.expiring ? _("{n} expire after {day}", { n: count(m.expiring.points), day: lastDay(m.expiring.at) }) : _("nothing expires")],
    [_("Pending"), count(m.pending), m.coming[0] ? _("{n} from {day}", { n: count(m.coming[0].points), day: dayIn(m.coming[0].at) }) : ""],
    [_("Owed"), count(Math.abs(m.debt)), m.debt < 0 ? _("repaid by the next points") : ""],
    [_("Spent"), count(m.redeemed), ""],
    [_("Expired"), count(m.expired), ""],
    [_("Tier"), m.tier ?? _("none"), tier],
  ];
  return (
    <>
      <dl className="loyalty-figures">
        {figures.map(([label, value, said]) => <div key={label}><dt>{label}</dt><dd className="number"><bdi>{value}</bdi></dd><dd className="quiet small">{said}</dd></div>)}
      </dl>
      <p className="quiet small">{_("Pending + available − owed + spent + expired = {n} points issued.", { n: count(m.issued) })}</p>
    </>
  );
}; // prettier-ignore

/** A member's ledger: why the balance is what it is, lot by lot and line by line. */
export const MemberPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const cache = useQueryClient();
  const [correcting, setCorrecting] = useState(false);
  const asked = useQuery({ queryKey: ["loyalty", "member", id], queryFn: () => loyalty().member({ id }) });
  const again = () => cache.invalidateQueries({ queryKey: ["loyalty"] });
  const m = asked.data;
  const mayAdjust = may("loyalty.adjust") && m !== undefined;
  const canRedeem = may("loyalty.redeem") && m !== undefined && m.active && m.debt === 0 && m.reward.missing === 0;
  const redeem = async (): Promise<void> => {
    if (!m) return;
    try {
      const { code } = await loyalty().redeem({ id: m.contact_id, key: crypto.randomUUID() });
      await again();
      done(_("Voucher {code} issued", { code }), async () => {
        const now = await loyalty().member({ id });
        const voucher = now.vouchers.find((v) => v.code === code);
        if (voucher) await loyalty().cancel({ id: voucher.id });
        await again();
      });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  useKeys(mayAdjust ? [{ keys: "e", label: _("Correct the points"), group: _("This member"), run: () => setCorrecting(true) }] : []); // prettier-ignore
  const actions = m && (
    <>
      {canRedeem && (
        <Button variant="default" onClick={() => void redeem()}>
          {_("Take the reward for {n} points", { n: count(m.reward.points) })}
        </Button>
      )}
      {mayAdjust && <Button onClick={() => setCorrecting(true)}>{_("Correct the points")}</Button>}
    </>
  );
  return (
    <Page title={m?.name ?? _("Member")} note={<Link to="/loyalty" className="link">{_("Loyalty")}</Link>} actions={actions} padded>
      <Ask asked={asked}>
        {(member) => (
          <div className="worth-page">
            <p className="line">
              <Link className="link" to="/contacts/$id" params={{ id: member.contact_id }}>{_("The customer")}</Link>
              <a className="link" href={member.page} target="_blank" rel="noreferrer">{_("Their own page")}</a>
            </p>
            <Standing member={member} />
            <section aria-label={_("Why this balance")}>
              <h2 className="part-title">{_("Why this balance")}</h2>
              <Lots lots={member.lots} />
            </section>
            <section aria-label={_("Vouchers")}>
              <h2 className="part-title">{_("Vouchers")}</h2>
              <Vouchers member={member} again={again} />
            </section>
            <section aria-label={_("Journal")}>
              <h2 className="part-title">{_("Journal")}</h2>
              <Movements movements={member.movements} named={false} />
            </section>
            {correcting && <PointsDialog member={member} again={again} onClose={() => setCorrecting(false)} />}
          </div>
        )}
      </Ask>
    </Page>
  ); // prettier-ignore
};

import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { count } from "../../../kit/format.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { dayIn, lastDay, loyalty } from "./told.ts";

const useMember = (contactId: string | undefined) =>
  useQuery({
    queryKey: ["loyalty", "of", contactId],
    queryFn: () => loyalty().ofContact({ id: contactId ?? "" }),
    enabled: contactId !== undefined && offers("loyalty.ofContact") && may("loyalty.read"),
  }).data?.member ?? null;

/** A contact's tier and points: "Silver · 1,840 points". */
export const LoyaltyField = ({ contactId }: PanelProps) => {
  const { _ } = useLingui();
  const member = useMember(contactId);
  if (!member) return null;
  const points = _("{n} points", { n: count(member.available) });
  return (
    <dl className="facts">
      <div>
        <dt>{member.tier ? _("Tier") : _("Points")}</dt>
        <dd>
          <Link className="link number" to="/members/$id" params={{ id: member.id }}>
            <bdi>{member.tier ? _("{tier} · {points}", { tier: member.tier, points }) : points}</bdi>
          </Link>
        </dd>
      </div>
    </dl>
  );
};

/** What comes next with a contact's points: what expires, what becomes spendable, what is owed, a reward within reach. */
export const LoyaltyAhead = ({ contactId }: PanelProps) => {
  const { _ } = useLingui();
  const m = useMember(contactId);
  if (!m) return null;
  const open = m.vouchers.filter((v) => v.state === "issued");
  const lines = [
    m.debt < 0 && { said: _("{n} points are owed", { n: count(Math.abs(m.debt)) }) },
    m.expiring && { said: _("{n} points expire", { n: count(m.expiring.points) }), when: lastDay(m.expiring.at) },
    m.coming[0] && { said: _("{n} points can be spent", { n: count(m.coming[0].points) }), when: _("from {day}", { day: dayIn(m.coming[0].at) }) },
    m.active && m.debt === 0 && m.reward.missing === 0 && { said: _("Can take the reward: {name}", { name: m.reward.name }) },
    open.length > 0 && { said: _("{n, plural, one {# voucher} other {# vouchers}} not used yet", { n: open.length }) },
  ].filter((line): line is { said: string; when?: string } => typeof line === "object" && line !== null); // prettier-ignore
  return lines.map(({ said, when }) => (
    <li key={said}>
      <Link className="side-line line" to="/members/$id" params={{ id: m.id }}>
        <span className="fill">{said}</span>
        {when && <span className="quiet small number">{when}</span>}
      </Link>
    </li>
  ));
};

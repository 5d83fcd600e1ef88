import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import type { MemberTold, VoucherTold } from "#grow/loyalty";
import { may } from "../../../kit/boot.ts";
import { count, money } from "../../../kit/format.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { UseVoucher } from "./UseVoucher.tsx";
import { dayIn, loyalty } from "./told.ts";

/** What a member got for points, and what became of it. */
export const Vouchers = ({ member, again }: { member: MemberTold; again: () => Promise<unknown> }) => {
  const { _ } = useLingui();
  const [using, setUsing] = useState<VoucherTold>();
  const mayRedeem = may("loyalty.redeem");
  const cancel = async (voucher: VoucherTold): Promise<void> => {
    try {
      await loyalty().cancel({ id: voucher.id });
      await again();
      tell(_("{n} points went back to where they came from", { n: count(voucher.points) }));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const standing = (v: VoucherTold) => v.state === "used" ? _("used") : v.state === "cancelled" ? _("cancelled or run out") : v.until ? _("until {day}", { day: dayIn(v.until) }) : _("issued");
  if (member.vouchers.length === 0) return <p className="quiet">{_("No voucher was taken yet.")}</p>;
  return (
    <div className="worth-scroll">
      <table className="worth-table">
        <thead>
          <tr>{[_("Code"), _("Worth"), _("Points"), _("Since"), _("State")].map((word) => <th key={word} scope="col">{word}</th>)}{mayRedeem && <td />}</tr>
        </thead>
        <tbody>
          {member.vouchers.map((v) => (
            <tr key={v.id}>
              <th scope="row"><code>{v.code}</code></th>
              <td className="number">{money(v.amount, v.currency)}</td>
              <td className="number">{count(v.points)}</td>
              <td>{dayIn(v.spent_at)}</td>
              <td>{standing(v)} {v.order_id && <Link className="link" to="/orders/$id" params={{ id: v.order_id }}>{v.number}</Link>}</td>
              {mayRedeem && (
                <td>
                  {v.state === "issued" && (
                    <span className="line">
                      <Button variant="default" onClick={() => setUsing(v)}>{_("Use")}</Button>
                      <Button variant="default" onClick={() => void cancel(v)}>{_("Cancel")}</Button>
                    </span>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {using && <UseVoucher voucher={using} again={again} onClose={() => setUsing(undefined)} />}
    </div>
  );
}; // prettier-ignore

import { useState, type ReactNode } from "react";
import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Report } from "#attract/campaigns";
import { count, money, percent } from "../../../kit/format.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Behind, type Asking } from "./Behind.tsx";
import { campaigns, type Told } from "./told.ts";

const share = (n: number, of: number): string => (of > 0 ? percent(n / of, 1) : "—");

interface Row {
  label: string;
  /** What the number means, one hover away. */
  means?: string;
  n: number;
  shown?: string;
  of?: string;
  behind?: Asking;
  inner?: boolean;
}

const useRows = (r: Report): Row[] => {
  const { _ } = useLingui();
  const reasons: Record<string, string> = {
    "no-consent": _("had not agreed"), withdrawn: _("left meanwhile"), suppressed: _("address takes no mail"), budget: _("had enough mails"), quiet: _("had a mail just before"),
    "no-address": _("has no address"), trashed: _("in the trash"), hard: _("address unknown to its server"), soft: _("server took it not, after six tries"), unwritable: _("could not be written"),
  }; // prettier-ignore
  const states: Record<string, string> = {
    sent: _("Sent"), held: _("Held back"), rejected: _("Refused"), unknown: _("In doubt"), cancelled: _("Called off"), planned: _("Planned"), deferred: _("Waits for another try"), claimed: _("About to leave"), submitting: _("Leaving"),
  }; // prettier-ignore
  const sum = (state: string): number => r.counts.filter((c) => c.state === state).reduce((a, c) => a + c.n, 0);
  const sent = sum("sent");
  const outcome = [...new Set(r.counts.map((c) => c.state))].toSorted((a, b) => Object.keys(states).indexOf(a) - Object.keys(states).indexOf(b)).flatMap((state): Row[] => [
    { label: states[state] ?? state, n: sum(state), of: share(sum(state), r.total), behind: { kind: "sends", state } },
    ...r.counts.filter((c) => c.state === state && c.code !== null && (state === "held" || state === "rejected")).map((c): Row => ({ label: reasons[c.code!] ?? c.code!, n: c.n, of: share(c.n, r.total), behind: { kind: "sends", state, code: c.code! }, inner: true })),
  ]); // prettier-ignore
  return [
    { label: _("Recipients"), n: r.total, behind: { kind: "sends" } },
    ...outcome,
    { label: _("Opened by a person"), means: _("Pictures loaded by people; many mail programs load none, so the true number is higher. Nothing is decided by it."), n: r.reads.opened, of: share(r.reads.opened, sent), behind: { kind: "sends", did: "opened" } },
    { label: _("Clicked by a person"), means: _("At least one link followed by what does not behave like a machine."), n: r.reads.clicked, of: share(r.reads.clicked, sent), behind: { kind: "sends", did: "clicked" } },
    { label: _("Touched by machines"), means: _("Mail gateways and picture proxies; they count nowhere else."), n: r.reads.machine_only, of: share(r.reads.machine_only, sent), behind: { kind: "sends", did: "machine" } },
    { label: _("Left through this mail"), n: r.reads.unsubscribed, of: share(r.reads.unsubscribed, sent), behind: { kind: "sends", did: "unsubscribed" } },
    { label: _("Paid orders, last touch"), means: _("Orders whose last click or form before them was this campaign's."), n: r.last.orders, of: money(r.last.revenue), behind: { kind: "orders", touch: "last" } },
    { label: _("Paid orders, first touch"), means: _("Orders whose first click or form within the days was this campaign's."), n: r.first.orders, of: money(r.first.revenue), behind: { kind: "orders", touch: "first" } },
    ...(r.cost === null ? [] : [{ label: _("Cost"), n: r.cost, shown: money(r.cost), of: r.cost_per_order === null ? "—" : _("{amount} per order", { amount: money(r.cost_per_order) }) }]),
  ];
}; // prettier-ignore

const Rows = ({ report, onAsk }: { report: Report; onAsk: (row: Row) => void }) => {
  const { _ } = useLingui();
  return (
    <table className="campaign-report">
      <thead><tr><th scope="col">{_("What")}</th><th scope="col" className="number">{_("People or orders")}</th><th scope="col" className="number">{_("Share or money")}</th></tr></thead>
      <tbody>
        {useRows(report).map((row) => (
          <tr key={`${row.label} ${row.inner}`} data-inner={row.inner}>
            <th scope="row" title={row.means}>{row.label}</th>
            <td className="number">{row.behind && row.n > 0 ? <button type="button" className="plain link" onClick={() => onAsk(row)}>{row.shown ?? count(row.n)}</button> : (row.shown ?? count(row.n))}</td>
            <td className="number quiet">{row.of ?? ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}; // prettier-ignore

const Part = ({ title, children }: { title: string; children: ReactNode }) => <section aria-label={title}><h2 className="part-title">{title}</h2>{children}</section>; // prettier-ignore

/** What became of a campaign, down to paid orders; every number opens the people behind it. */
export const ReportOf = ({ campaign }: { campaign: Told }) => {
  const { _ } = useLingui();
  const [days, setDays] = useState(30);
  const [row, setRow] = useState<Row | null>(null);
  const asked = useQuery({ queryKey: ["campaigns", campaign.id, "report", days], queryFn: () => campaigns().report({ id: campaign.id, days }), placeholderData: keepPreviousData });
  return (
    <div className="stack campaign-after">
      <Part title={_("What became of it")}>
        <NativeSelect className="campaign-days" label={_("An order counts within")} value={String(days)} onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={[7, 30, 90].map((n) => ({ value: String(n), label: _("{n} days after a touch", { n }) }))} />
        <Ask asked={asked}>{(report) => <Rows report={report} onAsk={setRow} />}</Ask>
      </Part>
      {asked.data && asked.data.links.length > 0 && (
        <Part title={_("Where people clicked")}>
          <ul>{asked.data.links.map((l) => <li key={l.url} className="line"><bdi className="fill clip">{l.url}</bdi><span className="number">{count(l.people)}</span></li>)}</ul>
        </Part>
      )}
      <Part title={_("The mail")}>
        <p className="quiet">{campaign.subject}</p>
        {campaign.ready && <iframe className="campaign-frame" data-width="wide" title={_("The mail as it looks")} sandbox="" src={`/api/v1/campaigns/${campaign.id}/preview`} />}
      </Part>
      {row?.behind && <Behind id={campaign.id} title={row.label} asking={row.behind} days={days} onClose={() => setRow(null)} />}
    </div>
  );
}; // prettier-ignore

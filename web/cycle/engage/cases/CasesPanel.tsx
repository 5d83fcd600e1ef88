import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { CaseLine } from "./CaseLine.tsx";
import { cases, useCasesLive, type Story } from "./told.ts";

const most = 6;

/** A customer's cases, the unresolved first, and the way to a new one. */
export const CasesPanel = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  useCasesLive();
  const whose = contactId ? { contact_id: contactId } : { account_id: accountId };
  const asked = useQuery({
    queryKey: ["cases", "of", contactId ?? accountId],
    queryFn: async () => (await cases().of(whose)).items as unknown as Story["others"],
    enabled: offers("cases.of") && may("cases.read"),
  });
  const mayAdd = may("cases.create");
  if (!asked.data || (asked.data.length === 0 && !mayAdd)) return null;
  const search = contactId ? { contact: contactId } : { account: accountId };
  return (
    <section aria-label={_("Cases")}>
      <h3 className="part-title line">
        <span className="fill">{_("Cases")}</span>
        {mayAdd && <Button size="compact-xs" variant="subtle" renderRoot={(props) => <Link {...props} to="/cases/new" search={search} />}>{_("New")}</Button>}
      </h3>
      <ul>{asked.data.slice(0, most).map((other) => <CaseLine key={other.id} other={other} />)}</ul>
      {asked.data.length > most && <p className="quiet small">{_("and {n} more", { n: asked.data.length - most })}</p>}
    </section>
  ); // prettier-ignore
};

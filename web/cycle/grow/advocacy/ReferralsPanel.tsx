import { lazy, Suspense, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { Secret } from "../../../settings/Secret.tsx";
import { referrals, type Around, type Told } from "./told.ts";

const AskDialog = lazy(async () => ({ default: (await import("./AskDialog.tsx")).AskDialog }));

const Line = ({ told, words }: { told: Told; words: string }) => {
  const { _ } = useLingui();
  const choice = objectOf("referrals")?.fields.find((field) => field.name === "state")?.choices?.find((one) => one.value === told.state);
  return (
    <li>
      <Link className="side-line line" to="/referrals/$id" params={{ id: told.id }} data-tone={choice?.tone}>
        <span className="dot" />
        <bdi className="fill clip">{words}</bdi>
        <span className="quiet small">{choice ? _(choice.label) : ""}</span>
      </Link>
    </li>
  );
}; // prettier-ignore

const Share = ({ id, around }: { id: string; around: Around }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const give = async (): Promise<void> => {
    await referrals().share({ id });
    await cache.invalidateQueries({ queryKey: ["referrals", "of", id] });
  };
  return (
    <>
      <div className="line">
        <Button size="compact-sm" variant="subtle" onClick={() => setAsking(true)}>{_("Ask for a recommendation")}</Button>
        {!around.share_url && <Button size="compact-sm" variant="subtle" onClick={() => void give()}>{_("Get their link")}</Button>}
      </div>
      {around.share_url && <details><summary className="small quiet">{_("Their link")}</summary><Secret text={around.share_url} label={_("Their link")} /></details>}
      {asking && <Suspense fallback={null}><AskDialog id={id} onClose={() => setAsking(false)} /></Suspense>}
    </>
  );
}; // prettier-ignore

/** Whom a customer brought, who brought them, and their link. */
export const ReferralsPanel = ({ contactId }: PanelProps) => {
  const { _ } = useLingui();
  const id = contactId ?? "";
  const asked = useQuery({
    queryKey: ["referrals", "of", id],
    queryFn: () => referrals().ofContact({ id }),
    enabled: contactId !== undefined && offers("referrals.ofContact") && may("referrals.read"),
  });
  const around = asked.data as unknown as Around | undefined;
  if (!around) return null;
  const share = around.active && !around.suspended && may("referrals.update");
  if (around.made.length === 0 && !around.by && !share) return null;
  return (
    <section aria-label={_("Recommendations")}>
      <h3 className="part-title">{_("Recommendations")}</h3>
      <ul>
        {around.by && <Line told={around.by} words={_("came through {name}", { name: around.by.advocate })} />}
        {around.made.slice(0, 4).map((one) => <Line key={one.id} told={one} words={_("brought {name}", { name: one.friend })} />)}
      </ul>
      {share && <Share id={id} around={around} />}
    </section>
  );
}; // prettier-ignore

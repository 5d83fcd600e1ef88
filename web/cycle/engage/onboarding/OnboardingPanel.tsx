import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { onboardings, toneOf, useOnboardingsLive, type Line } from "./told.ts";

/** A customer's onboardings: how far they are, and where they stand. */
export const OnboardingPanel = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  useOnboardingsLive();
  const id = contactId ?? accountId ?? "";
  const asked = useQuery({
    queryKey: ["onboardings", "of", id],
    queryFn: async (): Promise<readonly Line[]> =>
      (await (contactId ? onboardings().ofContact({ id }) : onboardings().ofAccount({ id }))).items as unknown as Line[],
    enabled: offers("onboardings.ofContact") && may("onboardings.read"),
  }); // prettier-ignore
  if (!asked.data || asked.data.length === 0) return null;
  return (
    <section aria-label={_("Onboarding")}>
      <h3 className="part-title">{_("Onboarding")}</h3>
      <ul>
        {asked.data.slice(0, 4).map((line) => (
          <li key={line.id}>
            <Link className="side-line line" to="/onboardings/$id" params={{ id: line.id }} data-tone={toneOf[line.status]}>
              <span className="dot" />
              <bdi className="fill clip">{contactId ? line.plan : `${line.who} · ${line.plan}`}</bdi>
              <span className="quiet small clip">{line.current_step ? _("{n} %, at {step}", { n: line.percent, step: line.current_step }) : _("{n} %", { n: line.percent })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
};

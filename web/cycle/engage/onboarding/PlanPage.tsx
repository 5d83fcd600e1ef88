import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Page } from "../../../kit/Page.tsx";
import { Ask } from "../../../settings/Ask.tsx";
import { FiguresStrip } from "./FiguresStrip.tsx";
import { PlanEditor } from "./PlanEditor.tsx";
import { plans, type Plan } from "./told.ts";

/** The page on which a plan is made. */
export const NewPlanPage = () => {
  const { _ } = useLingui();
  return (
    <Page title={_("New plan")} note={<Link to="/plans" className="link">{_("Onboarding plans")}</Link>}>
      <PlanEditor />
    </Page>
  ); // prettier-ignore
};

/** One plan: how it does, and its steps to be changed. */
export const PlanPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const asked = useQuery({ queryKey: ["plans", id, "edit"], queryFn: async (): Promise<Plan> => (await plans().get({ id })) as unknown as Plan, staleTime: 0, gcTime: 0 }); // prettier-ignore
  return (
    <Page title={asked.data?.name ?? _("Onboarding plan")} note={<Link to="/plans" className="link">{_("Onboarding plans")}</Link>}>
      <Ask asked={asked}>
        {(found) => (
          <>
            <FiguresStrip plan={found.id} />
            <PlanEditor key={found.id} plan={found} />
          </>
        )}
      </Ask>
    </Page>
  ); // prettier-ignore
};

import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { slaApi } from "#engage/support";
import { client } from "../../kit/client.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { PromisesForm } from "./PromisesForm.tsx";
import "./support.css";

/** What is promised to cases: first and next response, resolution, by priority and type. */
export const ServiceTargetsPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["sla"], queryFn: () => client<typeof slaApi>("sla").get({}) });
  const lead = _(
    "How fast cases are answered and resolved. The first policy that fits a case holds. Cases that run keep what they were promised, unless you apply the new targets to them.",
  );
  return (
    <Settings title={_("Service targets")} lead={lead} wide>
      <Ask asked={asked}>{(promises) => <PromisesForm promises={promises} />}</Ask>
    </Settings>
  );
};

import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { WorkspaceApi } from "#platform/auth";
import { client } from "../../kit/client.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { CompanyForm } from "./CompanyForm.tsx";

/** What the company is called and counts in. */
export const CompanyPage = () => {
  const { _ } = useLingui();
  const company = useQuery({
    queryKey: ["workspace"],
    queryFn: () => client<WorkspaceApi>("workspace").get({}),
  });
  return (
    <Settings title={_("Company")} lead={_("How your company is called, and how amounts and times are written here.")}>
      <Ask asked={company}>{(found) => <CompanyForm company={found} />}</Ask>
    </Settings>
  );
};

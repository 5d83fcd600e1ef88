import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import type { Why } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { request } from "../../kit/client.ts";
import { Ask } from "../../settings/Ask.tsx";
import { WhyTree } from "./WhyTree.tsx";

export interface WhyHereProps {
  object: DescribedObject;
  id: string;
  filter: Condition;
}

/** Why one record is in a list, or is not: which line of the filter holds, which does not. */
const WhyHere = ({ object, id, filter }: WhyHereProps) => {
  const { _ } = useLingui();
  const asked = useQuery({
    queryKey: [object.plural, "why", id, filter],
    queryFn: ({ signal }) =>
      request<Why>(`GET /${object.plural.replaceAll("_", "-")}/{id}/why`, { id, filter }, signal),
  });
  return (
    <Ask asked={asked}>
      {(told) => (
        <>
          <p>{told.trashed ? _("Not here: it is in the trash.") : told.in ? _("It meets the filter.") : _("It does not meet the filter.")}</p>
          <WhyTree tree={told.tree} evidence={told.evidence} />
        </>
      )}
    </Ask>
  ); // prettier-ignore
};
export default WhyHere;

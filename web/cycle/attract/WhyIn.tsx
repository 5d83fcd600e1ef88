import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { instant } from "../../kit/format.ts";
import { WhyTree } from "../../records/why/WhyTree.tsx";
import { Ask } from "../../settings/Ask.tsx";
import { segments } from "./told.ts";
import "./attract.css";

/** Why a contact is, or is not, in a segment: the condition line by line, and the facts it rests on. */
export const WhyIn = ({ segment, contact }: { segment: string; contact: string }) => {
  const { _ } = useLingui();
  const asked = useQuery({
    queryKey: ["segments", "why", segment, contact],
    queryFn: () => segments().why({ id: segment, contact_id: contact }),
  });
  return (
    <section className="segment-why" aria-label={_("Why")}>
      <h3 className="part-title">{_("Why")}</h3>
      <Ask asked={asked}>
        {({ member, entered_at, tree, evidence }) => (
          <>
            <p>{member && entered_at ? _("In the segment since {when}.", { when: instant(String(entered_at)) }) : _("Not in the segment.")}</p>
            {tree ? <WhyTree tree={tree} evidence={evidence} /> : <p className="quiet">{_("Chosen by hand.")}</p>}
          </>
        )}
      </Ask>
    </section>
  ); // prettier-ignore
};

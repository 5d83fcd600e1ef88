import { useState } from "react";
import { SegmentedControl } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { surveys } from "./told.ts";

type Look = "mail" | "page" | "text";

const Text = ({ id, version }: { id: string; version: number }) => {
  const asked = useQuery({ queryKey: ["surveys", id, "previewed", version], queryFn: () => surveys().previewed({ id }) });
  return <pre className="survey-text">{asked.data ? `${asked.data.subject}\n\n${asked.data.text}` : ""}</pre>;
}; // prettier-ignore

/** The mail and the page as customers see them, on a phone; in a frame that runs nothing and reaches nothing. */
export const PreviewPane = ({ id, version }: { id: string; version: number }) => {
  const { _ } = useLingui();
  const [look, setLook] = useState<Look>("mail");
  const title = look === "mail" ? _("The mail as it looks") : _("The page as it looks");
  return (
    <section aria-label={_("Preview")} className="stack">
      <div className="line">
        <h2 className="part-title fill">{_("What customers see")}</h2>
        <SegmentedControl size="xs" aria-label={_("Show as")} value={look} onChange={(value) => setLook(value as Look)}
          data={[{ value: "mail", label: _("Mail") }, { value: "page", label: _("Page") }, { value: "text", label: _("Text") }]} />
      </div>
      {look === "text" ? <Text id={id} version={version} />
        : <iframe className="survey-frame" title={title} sandbox="" src={`/api/v1/surveys/${id}/preview?as=${look}&v=${version}`} />}
    </section>
  ); // prettier-ignore
};

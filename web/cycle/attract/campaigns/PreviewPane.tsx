import { useState } from "react";
import { Button, SegmentedControl } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { campaigns, type Told } from "./told.ts";

type Width = "wide" | "phone" | "text";

const Text = ({ id, contact, version }: { id: string; contact: string | null; version: number }) => {
  const asked = useQuery({
    queryKey: ["campaigns", id, "mail", contact, version],
    queryFn: () => campaigns().mail({ id, ...(contact ? { contact_id: contact } : {}) }),
  });
  return <pre className="campaign-text">{asked.data ? `${asked.data.subject}\n\n${asked.data.text}` : ""}</pre>;
};

/** The mail as one person would get it; in a frame that runs nothing and reaches nothing. */
export const PreviewPane = ({ campaign }: { campaign: Told }) => {
  const { _ } = useLingui();
  const [width, setWidth] = useState<Width>("wide");
  const [contact, setContact] = useState<{ id: string; title: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const test = async (): Promise<void> => {
    setBusy(true);
    try {
      const { to } = await campaigns().test({ id: campaign.id, ...(contact ? { contact_id: contact.id } : {}) });
      tell(_("A test is on its way to {to}", { to }));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const src = `/api/v1/campaigns/${campaign.id}/preview?v=${campaign.version}${contact ? `&contact_id=${contact.id}` : ""}`;
  return (
    <section className="campaign-preview stack" aria-label={_("Preview")}>
      <div className="line campaign-acts">
        <SegmentedControl size="xs" aria-label={_("Show as")} value={width} onChange={(value) => setWidth(value as Width)}
          data={[{ value: "wide", label: _("Wide") }, { value: "phone", label: _("Phone") }, { value: "text", label: _("Text") }]} />
        {may("campaigns.update") && <Button variant="default" loading={busy} disabled={!campaign.ready} onClick={() => void test()}>{_("Send me a test")}</Button>}
      </div>
      <RelationPicker to="contact" label={_("As this person gets it")} value={contact?.id ?? null} title={contact?.title} onPick={setContact} />
      {!campaign.ready ? <p className="quiet" role="status">{_("The mail shows here as soon as nothing is wrong with it.")}</p>
        : width === "text" ? <Text id={campaign.id} contact={contact?.id ?? null} version={campaign.version} />
        : <iframe className="campaign-frame" data-width={width} title={_("The mail as it looks")} sandbox="" src={src} />}
    </section>
  );
}; // prettier-ignore

import { useRef, useState } from "react";
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { may, workspace } from "../../../kit/boot.ts";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { instant } from "../../../kit/format.ts";
import { useKeys } from "../../../kit/keys.ts";
import { Launch } from "./Launch.tsx";
import { PreviewPane } from "./PreviewPane.tsx";
import { campaigns, type Told } from "./told.ts";
import { useDraftSaving } from "./useDraftSaving.ts";

const Problems = ({ campaign, onLine }: { campaign: Told; onLine: (line: number) => void }) => {
  const { _ } = useLingui();
  if (campaign.problems.length === 0) return <p className="quiet small" role="status">{_("Nothing is wrong with the mail.")}</p>; // prettier-ignore
  return (
    <div role="status"><ul className="campaign-problems" aria-label={_("What is wrong with the mail")}>
      {campaign.problems.map((p, i) => (
        <li key={i} className="line small">
          <span className="dot" data-tone={p.level === "error" ? "red" : "amber"} aria-hidden />
          <span className="fill">{p.line !== null && <button type="button" className="plain link" onClick={() => onLine(p.line!)}>{_("Line {n}", { n: p.line })}</button>} {p.message}</span>
        </li>
      ))}
    </ul></div>
  );
}; // prettier-ignore

/** Puts the cursor at the start of a line of the source. */
function goToLine(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return;
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}

/** The editor of a draft: who gets it, what it says, how it looks; everything is saved as it is typed. */
export const CampaignEdit = ({ campaign }: { campaign: Told }) => {
  const { _ } = useLingui();
  const area = useRef<HTMLTextAreaElement>(null);
  const { draft, set, errors, failed, unsaved, save } = useDraftSaving(campaign);
  const [launching, setLaunching] = useState<"now" | "later" | null>(null);
  const [segment, setSegment] = useState(campaign.segment);
  const locked = !may("campaigns.update") || campaign.deleted_at !== null;
  const { data } = useQuery({ queryKey: ["campaigns", "beginnings"], queryFn: () => campaigns().beginnings({}), staleTime: Infinity });
  const launch = async (how: "now" | "later"): Promise<void> => {
    await save();
    setLaunching(how);
  };
  const maySend = may("campaigns.send") && !locked;
  useKeys(maySend ? [{ keys: "s", label: _("Send or schedule"), group: _("This campaign"), run: () => void launch("now") }] : []);
  const text = (name: "subject" | "preheader" | "name" | "from_name" | "from_address" | "reply_to") => ({
    name, value: draft[name] ?? "", error: errors[name], disabled: locked, maxLength: name === "from_name" ? 100 : 200,
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  }); // prettier-ignore
  const insert = (path: string, optional: boolean): void => {
    const field = `{{ ${path}${optional ? ' | default: "there"' : ""} }}`;
    const at = area.current?.selectionStart ?? draft.body.length;
    set({ body: draft.body.slice(0, at) + field + draft.body.slice(area.current?.selectionEnd ?? at) });
    area.current?.focus();
  };
  return (
    <div className="campaign-edit">
      <form className="stack campaign-source" onSubmit={(event) => event.preventDefault()} noValidate>
        <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
        <div className="line campaign-acts">
          {maySend && <Button onClick={() => void launch("now")}>{_("Send")}</Button>}
          {maySend && <Button variant="default" onClick={() => void launch("later")}>{campaign.state === "scheduled" ? _("Change the time") : _("Schedule")}</Button>}
          <span className="quiet small" role="status">{unsaved ? _("Saving") : _("Saved")}</span>
        </div>
        {campaign.state === "scheduled" && campaign.send_at && <p className="note" data-tone="blue">{_("It leaves on {when} ({zone}).", { when: instant(campaign.send_at), zone: workspace().time_zone })}</p>}
        <TextInput {...text("name")} label={_("Name")} />
        <RelationPicker to="segment" label={_("Segment")} value={draft.segment_id} title={segment?.title} error={errors.segment_id}
          onPick={(picked) => { setSegment(picked); set({ segment_id: picked?.id ?? null }); }} />
        <TextInput {...text("subject")} label={_("Subject")} />
        <TextInput {...text("preheader")} label={_("Line after the subject")} description={_("Mail programs show it beside the subject.")} />
        <details>
          <summary>{_("Sender, answers, counting")}</summary>
          <div className="stack campaign-more">
            <TextInput {...text("from_name")} label={_("From")} description={_("The sender of all mails unless said.")} />
            <TextInput {...text("from_address")} label={_("From address")} type="email" />
            <TextInput {...text("reply_to")} label={_("Answers go to")} type="email" />
            <Checkbox label={_("Count clicks and opens")} checked={draft.tracked} disabled={locked} onChange={(event) => set({ tracked: event.currentTarget.checked })} />
          </div>
        </details>
        <Problems campaign={campaign} onLine={(line) => goToLine(area.current, line)} />
        <NativeSelect label={_("Insert a field")} value="" disabled={locked}
          onChange={(event) => { const f = data?.fields.find((one) => one.path === event.currentTarget.value); if (f) insert(f.path, f.optional); }}
          data={[{ value: "", label: _("Choose") }, ...(data?.fields ?? []).map((f) => ({ value: f.path, label: _(f.label) }))]} />
        <Textarea ref={area} label={_("The mail (MJML)")} classNames={{ input: "campaign-mjml" }} value={draft.body} error={errors.body} disabled={locked} spellCheck={false} autosize minRows={16} maxRows={40}
          onChange={(event) => set({ body: event.currentTarget.value })} />
      </form>
      <PreviewPane campaign={campaign} />
      {launching && <Launch campaign={campaign} how={launching} onClose={() => setLaunching(null)} />}
    </div>
  );
}; // prettier-ignore

import { useState, type FormEvent } from "react";
import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { boot } from "../../../kit/boot.ts";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { EvidenceTable, useEvidenceWords } from "./Evidence.tsx";
import { aboutOf, insights, type NewSearch } from "./told.ts";
import "../learn.css";

const useChange = (): [NewSearch, (next: NewSearch) => void] => {
  const search = useSearch({ strict: false }) as NewSearch;
  const navigate = useNavigate();
  return [search, (next) => void navigate({ to: ".", search: next as never, replace: true })];
};

const AboutFields = () => {
  const { _ } = useLingui();
  const [search, change] = useChange();
  const lens = boot().lenses?.find((one) => one.key === search.lens) ?? boot().lenses?.[0];
  const links = (lens?.steps ?? []).slice(0, -1).map((step, i) => ({ value: `${step.key}>${lens?.steps[i + 1]?.key ?? ""}`, label: `${_(step.name)} → ${_(lens?.steps[i + 1]?.name ?? "")}` }));
  return (
    <>
      <NativeSelect label={_("About")} value={search.about ?? ""} onChange={(event) => change({ about: (event.currentTarget.value || undefined) as NonNullable<NewSearch["about"]> })}
        data={[{ value: "", label: _("Choose") }, { value: "theme", label: _("A theme: what customers raise") }, { value: "link", label: _("A link of the ring: where they stop") }, { value: "segment", label: _("A segment: who they are") }]} />
      {search.about === "theme" && <RelationPicker to="theme" label={_("Theme")} value={search.theme_id ?? null} required onPick={(picked) => change({ about: "theme", ...(picked ? { theme_id: picked.id } : {}) })} />}
      {search.about === "segment" && <RelationPicker to="segment" label={_("Segment")} value={search.segment_id ?? null} required onPick={(picked) => change({ about: "segment", ...(picked ? { segment_id: picked.id } : {}) })} />}
      {search.about === "link" && lens && (
        <>
          <NativeSelect label={_("Drawing")} value={lens.key} onChange={(event) => change({ about: "link", lens: event.currentTarget.value })} data={(boot().lenses ?? []).map((one) => ({ value: one.key, label: _(one.name) }))} />
          <NativeSelect label={_("Link")} value={search.from && search.to ? `${search.from}>${search.to}` : ""} data={[{ value: "", label: _("Choose") }, ...links]}
            onChange={(event) => { const [from = "", to = ""] = event.currentTarget.value.split(">"); change({ about: "link", lens: lens.key, from, to }); }} />
        </>
      )}
    </>
  );
}; // prettier-ignore

/** Notes an insight: what it is about, its evidence as it stands now, and what we say of it. */
export const NewInsightPage = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const search = useSearch({ strict: false }) as NewSearch;
  const about = aboutOf(search);
  const words = useEvidenceWords();
  const [days, setDays] = useState(90);
  const [title, setTitle] = useState("");
  const [statement, setStatement] = useState("");
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const evidence = useQuery({
    queryKey: ["insights", "evidence", about, days],
    queryFn: () => insights().evidence({ about: about!, days }),
    enabled: about !== undefined,
    retry: false,
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (!about) return setFailed(_("Say what the insight is about."));
    if (title.trim() === "") return setFailed(_("Say it in a few words."));
    setBusy(true);
    try {
      const { id } = await insights().create({ title: title.trim(), statement: statement.trim() || null, about, days, ...(search.proposed ? { proposed: true } : {}) });
      const again = () => Promise.all(["insights", "themes"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
      done(_("Insight noted"), () => insights().trash({ id }).then(again));
      void again();
      void navigate({ to: "/insights/$id", params: { id } });
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
      setBusy(false);
    }
  };
  return (
    <Page title={_("New insight")} padded note={<Link to="/insights" className="link">{_("Insights")}</Link>}>
      <form className="stack learn-form" onSubmit={(event) => void submit(event)} noValidate>
        <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
        <AboutFields />
        <NativeSelect label={_("Evidence of the last")} value={String(days)} onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={[{ value: "30", label: _("30 days") }, { value: "90", label: _("90 days") }, { value: "180", label: _("180 days") }, { value: "365", label: _("1 year") }]} />
        {evidence.isError && <p className="note" data-tone="red" role="alert">{sentenceOf(evidence.error)}</p>}
        {evidence.data && <p className="lead">{words(evidence.data)}</p>}
        {evidence.data && <EvidenceTable then={evidence.data} />}
        <TextInput label={_("Insight")} description={_("What we know now, in a few words: “Lids of the 500 ml jar do not close”.")} withAsterisk value={title} maxLength={200} onChange={(event) => setTitle(event.currentTarget.value)} />
        <Textarea label={_("Statement")} value={statement} maxLength={4000} autosize minRows={2} onChange={(event) => setStatement(event.currentTarget.value)} />
        <p className="quiet small">{_("The evidence is kept as it is now. Those who raised it are added, and their timelines say so.")}</p>
        <div className="line"><Button type="submit" loading={busy}>{_("Note the insight")}</Button></div>
      </form>
    </Page>
  );
}; // prettier-ignore

import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { Lens } from "#customers";
import type { WorkspaceApi } from "#platform/auth";
import { loadBoot, may, useBoot } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { stageWord } from "../../customers/stages.tsx";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { lenses } from "./api.ts";
import { LensEditor } from "./LensEditor.tsx";
import { factWord } from "./vocabulary.ts";
import "./lifecycle.css";

const choose = async (lens: string, version: number): Promise<number> => {
  const saved = await client<WorkspaceApi>("workspace").update({ lens, version });
  await loadBoot();
  return saved.version;
};

const LensRow = ({ lens, usual, onEdit }: { lens: Lens; usual: string; onEdit: () => void }) => {
  const { _ } = useLingui();
  const makeUsual = async (): Promise<void> => {
    try {
      const { version } = await client<WorkspaceApi>("workspace").get({});
      const now = await choose(lens.key, version);
      done(_("Home draws “{name}”", { name: _(lens.name) }), () => choose(usual, now));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  return (
    <>
      <div className="line lens-head">
        <h2 className="h fill">
          {_(lens.name)} {lens.key === usual && <span className="chip">{_("drawn at home")}</span>}
        </h2>
        <Link className="link small" to="/" search={{ lens: lens.key }}>{_("See it")}</Link>
        {lens.key !== usual && may("workspace.update") && <Button variant="default" onClick={() => void makeUsual()}>{_("Draw at home")}</Button>}
        {may("lifecycle.update") && <Button variant="default" aria-label={_("Edit {name}", { name: _(lens.name) })} onClick={onEdit}>{_("Edit")}</Button>}
      </div>
      <ol className="lens-steps">
        {lens.steps.map((step) => (
          <li key={step.key} data-tone={step.tone}>
            <p className="line"><span className="dot" /> <strong>{_(step.name)}</strong></p>
            <p className="quiet small">
              {[...step.stages.map((stage) => _(stageWord(stage).label)), ...(step.acts ?? []).map((act) => `“${factWord(act)}”`)].join(", ")}
            </p>
          </li>
        ))}
      </ol>
    </>
  ); // prettier-ignore
};

/** The drawings of the cycle: which steps each has, which stages stand in them, and which one home shows. */
export const LensesPage = () => {
  const { _ } = useLingui();
  const told = useQuery({ queryKey: ["lenses"], queryFn: () => lenses().list({}) });
  const usual = useBoot().workspace?.lens ?? "";
  const [open, setOpen] = useState<string>();
  const lead = _("The same customers, drawn as different textbooks draw the cycle. Every lens places every customer in exactly one step.");
  return (
    <Settings title={_("Lenses")} lead={lead} wide>
      <Ask asked={told}>
        {({ items }) => (
          <ul className="lenses">
            {items.map((lens) => (
              <li key={lens.key}>
                {open === lens.key ? <LensEditor lens={lens} onClose={() => setOpen(undefined)} /> : <LensRow lens={lens} usual={usual} onEdit={() => setOpen(lens.key)} />}
              </li>
            ))}
          </ul>
        )}
      </Ask>
    </Settings>
  );
}; // prettier-ignore

import { useState, type FormEvent } from "react";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Icon } from "../../../kit/Icon.tsx";
import { tell } from "../../../kit/notes.ts";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Settings } from "../../../settings/Settings.tsx";
import { draftOf, StageRows, type StageDraft } from "./StageRows.tsx";
import { pipelines, type PipelineTold } from "./told.ts";
import "./board.css";

const givenOf = (name: string, isDefault: boolean, stages: readonly StageDraft[]) => ({
  name,
  is_default: isDefault,
  stages: stages.map(({ key: _key, ...stage }) => stage),
});
const asGiven = ({ name, is_default, stages }: PipelineTold) => ({
  name,
  is_default,
  stages: stages.map(({ pipeline_id: _p, position: _o, ...stage }) => stage),
});

const useAgain = () => {
  const cache = useQueryClient();
  return () => Promise.all(["pipelines", "opportunities"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
};

const Editor = ({ pipeline, onDone }: { pipeline?: PipelineTold; onDone?: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [name, setName] = useState(pipeline?.name ?? "");
  const [isDefault, setDefault] = useState(pipeline?.is_default ?? false);
  const [stages, setStages] = useState<readonly StageDraft[]>(() =>
    pipeline ? pipeline.stages.map(draftOf) : [
      { ...draftOf(), name: _("First talk"), probability: 20 },
      { ...draftOf(), name: _("Won"), category: "won", probability: 100 },
      { ...draftOf(), name: _("Lost"), category: "lost", probability: 0 },
    ]); // prettier-ignore
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setErrors({});
    setFailed("");
    try {
      const given = givenOf(name, isDefault, stages);
      if (pipeline) {
        const saved = await pipelines().save({ id: pipeline.id, version: pipeline.version, ...given });
        const grown = saved.stages.length > pipeline.stages.length;
        // A stage that came can be in use by the time of an undo; then the server says so.
        done(_("Pipeline {name} saved", { name }), () => pipelines().save({ id: pipeline.id, version: saved.version, ...asGiven(pipeline) }).then(again)); // prettier-ignore
        if (grown) tell(_("New stages stand on the board."));
      } else {
        const made = await pipelines().create(given);
        done(_("Pipeline {name} added", { name }), () => pipelines().drop({ id: made.id }).then(again));
      }
      await again();
      onDone?.();
    } catch (thrown) {
      const all = isProblem(thrown) ? thrown.errors : [];
      setErrors(Object.fromEntries(all.map((error) => [error.field, error.message])));
      const shown = all.some((error) => error.field === "name" || /^stages\.\d+\./.test(error.field));
      setFailed(shown ? "" : (all[0]?.message ?? sentenceOf(thrown)));
    } finally {
      setBusy(false);
    }
  };
  const drop = async (): Promise<void> => {
    if (!pipeline) return onDone?.();
    try {
      await pipelines().drop({ id: pipeline.id });
      await again();
      done(_("Pipeline {name} removed", { name: pipeline.name }), () => pipelines().create({ ...asGiven(pipeline), stages: asGiven(pipeline).stages.map(({ id: _id, ...stage }) => stage) }).then(again)); // prettier-ignore
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const before = stages.findIndex((stage) => stage.category !== "open");
  const at = before < 0 ? stages.length : before;
  return (
    <form className="stack" onSubmit={(event) => void save(event)} noValidate aria-label={pipeline?.name ?? _("New pipeline")}>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      <div className="line">
        <TextInput label={_("Name")} withAsterisk value={name} maxLength={200} error={errors["name"]} onChange={(event) => setName(event.currentTarget.value)} />
        <Checkbox label={_("Default for new deals")} checked={isDefault} disabled={pipeline?.is_default ?? false} onChange={(event) => setDefault(event.currentTarget.checked)} />
      </div>
      <StageRows stages={stages} errors={errors} onStages={setStages} />
      <div className="line">
        <Button type="submit" loading={busy}>{_("Save")}</Button>
        <Button variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => setStages([...stages.slice(0, at), draftOf(), ...stages.slice(at)])}>{_("Another stage")}</Button>
        {!pipeline?.is_default && <Button variant="default" onClick={() => void drop()}>{pipeline ? _("Remove the pipeline") : _("Discard")}</Button>}
      </div>
    </form>
  ); // prettier-ignore
};

/** The pipelines of the company and their stages. */
export const PipelinesPage = () => {
  const { _ } = useLingui();
  const [adding, setAdding] = useState(false);
  const asked = useQuery({ queryKey: ["pipelines", "told"], queryFn: () => pipelines().told({}) });
  return (
    <Settings
      wide
      title={_("Pipelines")}
      lead={_("The stages a deal goes through, how likely each is to be won, and how long it should take. What a stage needs is asked for when a deal comes there.")}
      actions={<Button leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{_("New pipeline")}</Button>}
    >
      <Ask asked={asked}>
        {({ items }) => (
          <div className="stack">
            {items.map((pipeline) => <Editor key={`${pipeline.id}${pipeline.version}`} pipeline={pipeline} />)}
            {adding && <Editor onDone={() => setAdding(false)} />}
          </div>
        )}
      </Ask>
    </Settings>
  ); // prettier-ignore
};

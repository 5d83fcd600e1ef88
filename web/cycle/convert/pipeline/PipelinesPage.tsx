import { useState } from "react";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSetting, useSubmit } from "../../../kit/form/useSetting.tsx";
import { Icon } from "../../../kit/Icon.tsx";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Settings } from "../../../settings/Settings.tsx";
import { draftOf, StageRows, type StageDraft } from "./StageRows.tsx";
import { pipelines, type PipelineTold } from "./told.ts";
import "./board.css";

interface Draft {
  name: string;
  is_default: boolean;
  stages: readonly StageDraft[];
  version: number;
}
const givenOf = ({ name, is_default, stages }: Draft) => ({ name, is_default, stages: stages.map(({ key: _key, ...stage }) => stage) }); // prettier-ignore
// A stage's key is its place, so that the same stages are the same.
const draftFrom = ({ name, is_default, stages, version }: PipelineTold): Draft => ({ name, is_default, version, stages: stages.map((stage, i) => ({ ...draftOf(stage), key: -1 - i })) }); // prettier-ignore
const stageWords = (stages: Draft["stages"], other: Draft["stages"]): string => stages.flatMap((stage, i) => (JSON.stringify(stage) === JSON.stringify(other[i]) ? [] : `${i + 1}. ${stage.name} ${stage.probability} %`)).join(", "); // prettier-ignore
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
  const { values, set, conflict, save } = useSetting<Draft>(
    pipeline
      ? draftFrom(pipeline)
      : {
          name: "",
          is_default: false,
          version: 0,
          stages: [
            { ...draftOf(), key: -1, name: _("First talk"), probability: 20 },
            { ...draftOf(), key: -2, name: _("Won"), category: "won", probability: 100 },
            { ...draftOf(), key: -3, name: _("Lost"), category: "lost", probability: 0 },
          ],
        },
    {
      parts: [
        { name: "name", label: _("Name") },
        { name: "is_default", label: _("Default for new deals"), say: (on: boolean) => (on ? _("Yes") : _("No")) },
        { name: "stages", label: _("Stages"), say: stageWords },
      ],
      read: async () => {
        const now = (await pipelines().told({})).items.find((one) => one.id === pipeline?.id);
        return now && draftFrom(now);
      },
    },
  );
  const { name, is_default: isDefault, stages } = values;
  const setStages = (next: readonly StageDraft[]): void => set({ stages: next });
  const write = async (changed: Partial<Draft>, onto: Draft): Promise<number> => {
    const { id } = pipeline!;
    const saved = await pipelines().save({ id, version: onto.version, ...givenOf({ ...onto, ...changed }) });
    const grown = saved.stages.length > onto.stages.length;
    // A stage that came can be in use by the time of an undo; then the server says so.
    done(_("Pipeline {name} saved", { name }), () =>
      pipelines()
        .save({ id, version: saved.version, ...givenOf(onto) })
        .then(again),
    );
    if (grown) tell(_("New stages stand on the board."));
    await again();
    return saved.version;
  };
  const add = async (): Promise<void> => {
    const made = await pipelines().create(givenOf(values));
    done(_("Pipeline {name} added", { name }), () => pipelines().drop({ id: made.id }).then(again));
    await again();
    onDone?.();
  };
  const { submit, busy, errors, failed } = useSubmit(
    () => (pipeline ? save(write) : add()),
    (field) => field === "name" || /^stages\.\d+\./.test(field),
  );
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
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate aria-label={pipeline?.name ?? _("New pipeline")}>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      <div className="line">
        <TextInput label={_("Name")} withAsterisk value={name} maxLength={200} error={errors["name"]} onChange={(event) => set({ name: event.currentTarget.value })} />
        <Checkbox label={_("Default for new deals")} checked={isDefault} disabled={pipeline?.is_default ?? false} onChange={(event) => set({ is_default: event.currentTarget.checked })} />
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
            {items.map((pipeline) => <Editor key={pipeline.id} pipeline={pipeline} />)}
            {adding && <Editor onDone={() => setAdding(false)} />}
          </div>
        )}
      </Ask>
    </Settings>
  ); // prettier-ignore
};

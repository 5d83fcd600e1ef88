import { ActionIcon, MultiSelect, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import type { PipelineTold } from "./told.ts";

type Stage = PipelineTold["stages"][number];
/** A stage as it is being edited; without id it is new. */
export interface StageDraft extends Omit<Stage, "id" | "pipeline_id" | "position"> {
  key: number;
  id?: string;
}

let next = 1;
/** A stage to edit: one that is there, or a new one before the ends. */
export const draftOf = (stage?: Stage): StageDraft =>
  stage
    ? { key: next++, id: stage.id, name: stage.name, category: stage.category, probability: stage.probability, target_days: stage.target_days, rotting_days: stage.rotting_days, required_fields: stage.required_fields }
    : { key: next++, name: "", category: "open", probability: 50, target_days: null, rotting_days: null, required_fields: [] }; // prettier-ignore

const requirable = ["amount", "expected_close", "contact_id", "account_id", "owner_id", "next_step", "next_step_at"] as const; // prettier-ignore
const figure = (value: string | number): number | null => (value === "" ? null : Number(value));

export interface StageRowsProps {
  stages: readonly StageDraft[];
  errors: Readonly<Record<string, string>>;
  onStages: (stages: readonly StageDraft[]) => void;
}

/** The stages of a pipeline in order: name, kind, chance, times, and what a deal must say to come there. */
export const StageRows = ({ stages, errors, onStages }: StageRowsProps) => {
  const { _ } = useLingui();
  const object = objectOf("opportunities");
  const labels = requirable.map((name) => ({ value: name, label: _(object?.fields.find((field) => field.name === name)?.label ?? name) })); // prettier-ignore
  const change = (key: number, what: Partial<StageDraft>): void => onStages(stages.map((one) => (one.key === key ? { ...one, ...what } : one))); // prettier-ignore
  const swap = (i: number, by: number): void => {
    const list = [...stages];
    const [one] = list.splice(i, 1);
    if (one) list.splice(i + by, 0, one);
    onStages(list);
  };
  const kinds = [
    { value: "open", label: _("Open") },
    { value: "won", label: _("Won") },
    { value: "lost", label: _("Lost") },
  ];
  return (
    <div className="stage-rows">
      <table className="deal-table">
        <thead>
          <tr>
            <th>{_("Stage")}</th><th>{_("Kind")}</th><th>{_("Probability, %")}</th><th>{_("Target, days")}</th><th>{_("Cold after, days")}</th><th>{_("Needs")}</th>
            <th><span className="unseen">{_("Order")}</span></th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage, i) => {
            const at = (field: string) => errors[`stages.${i}.${field}`];
            const of = (what: string): string => `${what}: ${stage.name || _("new stage")}`;
            return (
              <tr key={stage.key}>
                <td><TextInput aria-label={of(_("Stage"))} value={stage.name} maxLength={100} error={at("name")} onChange={(event) => change(stage.key, { name: event.currentTarget.value })} /></td>
                <td>
                  <NativeSelect
                    w={96}
                    aria-label={of(_("Kind"))} value={stage.category} data={kinds} error={at("category")}
                    onChange={(event) => {
                      const category = event.currentTarget.value as StageDraft["category"];
                      change(stage.key, { category, ...(category === "open" ? {} : { probability: category === "won" ? 100 : 0 }) });
                    }}
                  />
                </td>
                <td><NumberInput aria-label={of(_("Probability, %"))} w={90} min={0} max={100} hideControls value={stage.probability} disabled={stage.category !== "open"} error={at("probability")} onChange={(value) => change(stage.key, { probability: figure(value) ?? 0 })} /></td>
                <td><NumberInput aria-label={of(_("Target, days"))} w={80} min={1} max={3650} hideControls value={stage.target_days ?? ""} error={at("target_days")} onChange={(value) => change(stage.key, { target_days: figure(value) })} /></td>
                <td><NumberInput aria-label={of(_("Cold after, days"))} w={80} min={1} max={3650} hideControls value={stage.rotting_days ?? ""} error={at("rotting_days")} onChange={(value) => change(stage.key, { rotting_days: figure(value) })} /></td>
                <td><MultiSelect aria-label={of(_("Needs"))} data={labels} value={[...stage.required_fields]} onChange={(value) => change(stage.key, { required_fields: value as StageDraft["required_fields"] })} /></td>
                <td>
                  <span className="line">
                    <ActionIcon aria-label={of(_("Move up"))} disabled={i === 0} onClick={() => swap(i, -1)}><Icon name="sortAsc" size={14} /></ActionIcon>
                    <ActionIcon aria-label={of(_("Move down"))} disabled={i === stages.length - 1} onClick={() => swap(i, 1)}><Icon name="sortDesc" size={14} /></ActionIcon>
                    <ActionIcon aria-label={of(_("Remove"))} onClick={() => onStages(stages.filter((one) => one.key !== stage.key))}><Icon name="x" size={14} /></ActionIcon>
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
};

import { describeObject, registerRecordType } from "#records";

/*
 * Words we use
 *   pipeline      the stages a deal of one kind goes through, in order
 *   stage         where a deal stands: open, won or lost, with the chance that it is won
 *   target time   so long, in days, a deal should stand in a stage at most
 *   rotting       so long, in days, without a step before a deal goes cold
 *   required      what a deal must say before it may come to a stage; asked for at the drop
 */
export const categories = ["open", "won", "lost"] as const;
export type Category = (typeof categories)[number];

/** Fields of an opportunity that a stage may require. */
export const requirable = [
  "amount", "expected_close", "contact_id", "account_id", "owner_id", "next_step", "next_step_at",
] as const; // prettier-ignore
export type Requirable = (typeof requirable)[number];

export const pipeline = describeObject({
  name: "pipeline",
  plural: "pipelines",
  label: "Pipeline",
  label_plural: "Pipelines",
  table: "pipelines",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, sortable: true, shown: true },
    { name: "is_default", label: "Default", type: "boolean", computed: true, shown: true },
  ],
  related: [{ name: "opportunities", label: "Opportunities", object: "opportunity", by: "pipeline_id" }],
  search: [],
  page: false,
  default_sort: "name",
  edited: false,
  trash: false,
  creatable: false,
  custom: false,
});

export const pipelineStage = describeObject({
  name: "pipeline_stage",
  plural: "pipeline_stages",
  label: "Stage",
  label_plural: "Stages",
  table: "pipeline_stages",
  title: "name",
  fields: [
    { name: "name", label: "Name", type: "text", required: true, computed: true, shown: true },
    { name: "pipeline_id", label: "Pipeline", type: "relation", to: "pipeline", computed: true, shown: true },
    { name: "position", label: "Place", type: "integer", required: true, computed: true },
    {
      name: "category",
      label: "Kind",
      type: "choice",
      computed: true,
      required: true,
      choices: [
        { value: "open", label: "Open", tone: "blue" },
        { value: "won", label: "Won", tone: "green" },
        { value: "lost", label: "Lost", tone: "red" },
      ],
    },
    { name: "probability", label: "Probability", type: "integer", computed: true, required: true, help: "Percent." },
    { name: "target_days", label: "Target time", type: "integer", computed: true, help: "Days." },
    { name: "rotting_days", label: "Goes cold after", type: "integer", computed: true, help: "Days without a step." },
  ],
  related: [{ name: "opportunities", label: "Opportunities", object: "opportunity", by: "stage_id" }],
  search: [],
  page: false,
  default_sort: "created_at",
  edited: false,
  trash: false,
  creatable: false,
  custom: false,
});

/** Pipelines are saved with their stages by savePipeline. */
export const pipelineType = registerRecordType({ object: pipeline, tell: () => null });
export const pipelineStageType = registerRecordType({ object: pipelineStage, tell: () => null });

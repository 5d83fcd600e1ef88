import { registerOpener } from "#records";
import { openOpportunity, type NewOpportunity } from "./open.ts";

/** Opportunity files: each row opens one, in the stage it names or the first of the usual pipeline. */
registerOpener("opportunity", {
  fields: [
    { name: "pipeline_id", label: "Pipeline", type: "relation", to: "pipeline" },
    { name: "stage_id", label: "Stage", type: "relation", to: "pipeline_stage" },
  ],
  open: (tx, values) => openOpportunity(tx, values as unknown as NewOpportunity),
});

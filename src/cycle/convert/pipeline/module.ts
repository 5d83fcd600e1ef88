import "./import.ts";
import "./merge.ts";
import "./purge.ts";
import { opportunitiesApi, pipelinesApi, pipelineStagesApi } from "./api.ts";
import { dueOpportunities } from "./due.ts";
import { opportunitiesOpen } from "./open-with.ts";
import { seedPipeline } from "./seed.ts";

export default {
  name: "pipeline",
  apis: { opportunities: opportunitiesApi, pipelines: pipelinesApi, pipeline_stages: pipelineStagesApi },
  permissions: {
    "opportunities.read": ["admin", "manager", "agent", "viewer"],
    "opportunities.create": ["admin", "manager", "agent"],
    "opportunities.update": ["admin", "manager", "agent"],
    "opportunities.delete": ["admin", "manager"],
    "pipelines.read": ["admin", "manager", "agent", "viewer"],
    "pipelines.update": ["admin", "manager"],
    "pipeline_stages.read": ["admin", "manager", "agent", "viewer"],
  },
  due: dueOpportunities,
  open: opportunitiesOpen,
  onStart: seedPipeline,
} as const;

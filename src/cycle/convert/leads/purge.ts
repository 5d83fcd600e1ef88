import { tie } from "#records";

const came = "tells where the lead came from";
tie(
  { table: "leads", column: "contact_id", of: "contact", end: "goes", as: "lead" },
  { table: "leads", column: "opportunity_id", of: "opportunity", end: "clears" },
  { table: "leads", column: "campaign_id", of: "campaign", end: "stays", why: came },
  { table: "leads", column: "form_id", of: "form", end: "stays", why: came },
);

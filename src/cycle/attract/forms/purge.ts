import { tie } from "#records";

tie({ table: "consent_log", column: "form_id", of: "form", end: "stays", why: "proves where somebody agreed" });

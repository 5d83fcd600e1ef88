export { writePaper } from "./paper.ts";
export type { Paper, PaperColumn, PaperSum } from "./sheet.ts";
export { onPaper } from "./letters.ts";

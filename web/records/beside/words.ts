import type { BesidePart } from "../../kit/here.ts";

/** What each part beside a record is called. */
export const partWords: Record<BesidePart, string> = { comments: "Comments", files: "Files", tags: "Tags", history: "History" }; // prettier-ignore

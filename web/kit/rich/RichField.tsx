import { lazy, Suspense } from "react";
import type { RichEditorProps } from "./RichEditor.tsx";

// The editor weighs more than all screens around it: it comes when somebody writes.
const RichEditor = lazy(() => import("./RichEditor.tsx"));

/** A field for rich text; a quiet box of its size stands there until the editor has come. */
export const RichField = (props: RichEditorProps) => (
  <Suspense fallback={<div className="rich-waiting" role="status" aria-label={props.label} />}>
    <RichEditor {...props} />
  </Suspense>
);

import { lazy, Suspense } from "react";
import type { Rec } from "../../records/record.ts";
import type { DescribedObject } from "../boot.ts";

export interface RecordFormProps {
  object: DescribedObject;
  /** The record to edit; a new one without. */
  record?: Rec | undefined;
  /** Values that are given: the account of a new contact. */
  given?: Record<string, unknown>;
  onSaved?: (record: Rec) => void;
  /** Takes one that is there already instead of a new one. */
  onUse?: ((found: { id: string; title: string }) => void) | undefined;
  onClose: () => void;
}

// Its pickers weigh 30 KB and nobody sees them before pressing a button.
const RecordDrawer = lazy(() => import("./RecordDrawer.tsx"));

/** Creates or edits a record in a drawer at the side. */
export const RecordForm = (props: RecordFormProps) => (
  <Suspense fallback={null}>
    <RecordDrawer {...props} />
  </Suspense>
);

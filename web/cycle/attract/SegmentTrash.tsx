import { TrashPage } from "../../records/TrashPage.tsx";

/** Segments in the trash. */
export const SegmentTrash = () => <TrashPage plural="segments" />;

import { TrashPage } from "../../../records/TrashPage.tsx";

/** Improvements in the trash. */
export const ImprovementTrash = () => <TrashPage plural="improvements" />;

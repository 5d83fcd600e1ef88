import { TrashPage } from "../../../records/TrashPage.tsx";

/** Insights in the trash. */
export const InsightTrash = () => <TrashPage plural="insights" />;

import { TrashPage } from "../../../records/TrashPage.tsx";

/** Opportunities in the trash. */
export const OpportunityTrash = () => <TrashPage plural="opportunities" />;

import { TrashPage } from "../../../records/TrashPage.tsx";

/** Leads in the trash. */
export const LeadTrash = () => <TrashPage plural="leads" />;

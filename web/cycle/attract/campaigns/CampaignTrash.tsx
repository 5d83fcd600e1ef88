import { TrashPage } from "../../../records/TrashPage.tsx";

/** Campaigns in the trash. */
export const CampaignTrash = () => <TrashPage plural="campaigns" />;

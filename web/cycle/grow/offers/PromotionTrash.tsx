import { TrashPage } from "../../../records/TrashPage.tsx";

/** Promotions in the trash. */
export const PromotionTrash = () => <TrashPage plural="promotions" />;

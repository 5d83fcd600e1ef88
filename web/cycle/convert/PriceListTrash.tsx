import { TrashPage } from "../../records/TrashPage.tsx";

/** Price lists in the trash. */
export const PriceListTrash = () => <TrashPage plural="price_lists" />;

import { TrashPage } from "../../records/TrashPage.tsx";

/** Products in the trash. */
export const ProductTrash = () => <TrashPage plural="products" />;

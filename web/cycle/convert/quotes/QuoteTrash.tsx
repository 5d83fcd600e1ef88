import { TrashPage } from "../../../records/TrashPage.tsx";

/** Quotes in the trash. */
export const QuoteTrash = () => <TrashPage plural="quotes" />;

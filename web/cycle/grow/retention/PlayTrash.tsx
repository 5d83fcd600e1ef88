import { TrashPage } from "../../../records/TrashPage.tsx";

/** Plays in the trash. */
export const PlayTrash = () => <TrashPage plural="plays" />;

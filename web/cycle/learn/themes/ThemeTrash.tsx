import { TrashPage } from "../../../records/TrashPage.tsx";

/** Themes in the trash. */
export const ThemeTrash = () => <TrashPage plural="themes" />;

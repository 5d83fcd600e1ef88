import { TrashPage } from "../../../records/TrashPage.tsx";

/** Forms in the trash. */
export const FormTrash = () => <TrashPage plural="forms" />;

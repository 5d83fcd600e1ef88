import { TrashPage } from "../../../records/TrashPage.tsx";

/** Tasks in the trash. */
export const TaskTrash = () => <TrashPage plural="tasks" />;

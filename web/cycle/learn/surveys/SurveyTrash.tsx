import { TrashPage } from "../../../records/TrashPage.tsx";

/** Surveys in the trash. */
export const SurveyTrash = () => <TrashPage plural="surveys" />;

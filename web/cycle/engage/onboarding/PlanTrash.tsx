import { TrashPage } from "../../../records/TrashPage.tsx";

/** Onboarding plans in the trash. */
export const PlanTrash = () => <TrashPage plural="plans" />;

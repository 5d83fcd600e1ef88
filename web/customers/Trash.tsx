import { TrashPage } from "../records/TrashPage.tsx";
import type { Rec } from "../records/record.ts";
import { StageChip } from "./stages.tsx";
import { textIn } from "./values.ts";

const stage = (record: Rec) => <StageChip stage={textIn(record, "lifecycle_stage")} />;

/** The trash of people. */
export const ContactsTrash = () => <TrashPage plural="contacts" about={stage} />;

/** The trash of companies. */
export const AccountsTrash = () => <TrashPage plural="accounts" about={stage} />;

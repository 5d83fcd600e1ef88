import { Page } from "../kit/Page.tsx";

/** A table of the kit. */
export const KitTable = () => <Page title="Contacts">…</Page>;

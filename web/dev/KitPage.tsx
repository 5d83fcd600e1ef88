import { Page } from "../kit/Page.tsx";

/** The kit on one page. */
export const KitPage = () => (
  <Page title="Kit" padded>
    …
  </Page>
);

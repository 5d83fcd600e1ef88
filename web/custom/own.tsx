import { useLingui } from "@lingui/react";
import { useParams } from "@tanstack/react-router";
import { objectOf, useBoot, type DescribedObject } from "../kit/boot.ts";
import { Page } from "../kit/Page.tsx";

/** The object of one's own that the address names; undefined when there is none, or it is retired. */
export function useOwn(): DescribedObject | undefined {
  useBoot();
  const { object = "" } = useParams({ strict: false }) as { object?: string };
  return objectOf(`custom/${object}`);
}

/** Said where the address names no object. */
export const NoObject = () => {
  const { _ } = useLingui();
  return (
    <Page title={_("Nothing here")} padded>
      <p className="quiet">{_("There is no such object, or it is retired. An administrator can bring it back under Settings, Fields.")}</p>
    </Page>
  ); // prettier-ignore
};

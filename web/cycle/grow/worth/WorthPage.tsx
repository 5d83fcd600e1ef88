import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { count, instant } from "../../../kit/format.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { Bands } from "./Bands.tsx";
import { Grid } from "./Grid.tsx";
import { Proof } from "./Proof.tsx";
import { worth } from "./told.ts";
import "./worth.css";

/** What customers are worth: where all who bought stand, and how far that could be believed. */
export const WorthPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["worth"], queryFn: () => worth().told({}), refetchInterval: 30_000 });
  const told = asked.data;
  const buyers = told?.bands.reduce((sum, band) => sum + band.customers, 0) ?? 0;
  return (
    <Page title={_("Worth")} note={told?.computed_at ? <span className="quiet">{_("computed {when}", { when: instant(told.computed_at) })}</span> : undefined} padded>
      {asked.isError && (
        <div className="empty" role="alert">
          <p>{sentenceOf(asked.error)}</p>
          <Button onClick={() => void asked.refetch()}>{_("Try again")}</Button>
        </div>
      )}
      {told && buyers === 0 && <p className="empty">{_("Nobody has bought anything yet. Import your orders, or write one, and customers stand here by how lately, how often and for how much they buy.")}</p>}
      {told && buyers > 0 && (
        <div className="worth-page">
          <section aria-label={_("Bands")}>
            <h2 className="part-title">{_("Where {n, plural, one {# customer stands} other {# customers stand}}", { n: buyers })}</h2>
            <Grid told={told} />
            <Bands told={told} />
          </section>
          <section aria-label={_("Proof")}>
            <Proof told={told} />
            <p className="quiet small">
              {told.enough
                ? _("Learnt from {buyers} buyers of several products: {products} products have neighbours.", { buyers: count(told.buyers), products: count(told.products) })
                : _("Too few customers bought several products ({buyers}; it takes 50) to say what is bought together.", { buyers: count(told.buyers) })}
            </p>
          </section>
        </div>
      )}
    </Page>
  ); // prettier-ignore
};

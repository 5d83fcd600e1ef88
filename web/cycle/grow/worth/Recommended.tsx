import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Recommended as Told } from "#grow/worth";
import { may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { count } from "../../../kit/format.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { daysSince } from "../../../customers/days.ts";
import { worth } from "./told.ts";

interface Offer {
  product_id: string;
  name: string;
  said: string;
  why: string;
}

const useDismiss = (contactId: string | undefined) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => void cache.invalidateQueries({ queryKey: ["recommendations", contactId] });
  if (!contactId || !may("contacts.update")) return undefined;
  return async (offer: Offer) => {
    const whose = { id: contactId, product_id: offer.product_id };
    try {
      await worth().dismiss(whose);
      done(_("“{product}” is not offered any more", { product: offer.name }), () => worth().offerAgain(whose).then(again)); // prettier-ignore
      again();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
};

const Offers = ({ label, offered, contactId }: { label: string; offered: readonly Offer[]; contactId: string | undefined }) => {
  const { _ } = useLingui();
  const dismiss = useDismiss(contactId);
  if (offered.length === 0) return null;
  return (
    <section aria-label={label}>
      <h3 className="part-title">{label}</h3>
      <ul>
        {offered.map((offer) => (
          <li key={offer.product_id} className="line recommended">
            <Link className="side-line line fill" to="/products/$id" params={{ id: offer.product_id }} title={offer.why}>
              <bdi className="fill clip">{offer.name}</bdi>
              <span className="quiet small number">{offer.said}</span>
            </Link>
            {dismiss && (
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={_("Not this: {product}", { product: offer.name })} onClick={() => void dismiss(offer)}>
                <Icon name="x" size={12} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}; // prettier-ignore

/** What to offer this customer: what they buy again, what is new for them; each with its reason. */
export const Recommended = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const id = contactId ?? accountId ?? "";
  const asked = useQuery<Told>({
    queryKey: ["recommendations", id],
    queryFn: () => (contactId ? worth().ofContact({ id }) : worth().ofAccount({ id })),
    enabled: offers("worth.ofContact") && may(contactId ? "contacts.read" : "accounts.read"),
  });
  if (!asked.data) return null;
  const again = asked.data.again.map((one) => ({
    product_id: one.product_id,
    name: one.name,
    said: _("every {every} d, {since} ago", { every: count(one.every_days), since: _("{n} d", { n: count(daysSince(one.last_at)) }) }),
    why: _("In {n, plural, one {# order} other {# orders}}, about every {every} days; the last one {since} days ago.", { n: one.times, every: count(one.every_days), since: count(daysSince(one.last_at)) }),
  })); // prettier-ignore
  const fresh = asked.data.fresh.map((one) => ({
    product_id: one.product_id,
    name: one.name,
    said: _("{both} of {n} buyers", { both: count(one.both), n: count(one.buyers) }),
    why: _("Because they bought {product}: {both} of its {n} buyers also bought this.", { product: one.because, both: count(one.both), n: count(one.buyers) }),
  })); // prettier-ignore
  return (
    <>
      <Offers label={_("Buys again")} offered={again} contactId={contactId} />
      <Offers label={_("Buys with")} offered={fresh} contactId={contactId} />
    </>
  );
};

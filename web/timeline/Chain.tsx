import { useLingui } from "@lingui/react";
import { Link, useSearch } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { Chain as Told, ChainLink } from "#timeline";
import { may } from "../kit/boot.ts";
import { request } from "../kit/client.ts";
import type { Sent } from "../customers/told.ts";
import { faceOf } from "./faces.ts";
import { recordPath } from "./record.ts";
import "./chain.css";

// Records come as the server's JSON: what is no text there is nobody.
interface Whose {
  id?: string;
  contact_id?: unknown;
  account_id?: unknown;
}
interface ChainProps {
  /** What the record is: "order". */
  noun: string;
  id: string;
  /** Whose it is; a record about many customers takes the one that its address names. */
  of?: Whose;
}
type One = Sent<ChainLink>;

const shown = 10;
// What an order may come of: it does not come of itself, nor of what is part of one.
const mayOrder = new Set(["lead", "opportunity", "case", "survey", "campaign", "improvement", "play", "onboarding"]);
const first = (sentence: string): string => sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

const Step = ({ one, contact }: { one: One; contact: string | null }) => {
  const to = recordPath(one.name, one.payload, one.contact_id) ?? (one.contact_id !== contact && one.contact_id ? `/contacts/${one.contact_id}` : undefined); // prettier-ignore
  return (
    <li className="line" data-tone={faceOf(one.name).tone}>
      <span className="dot" />
      {to ? <Link className="link" to={to}><bdi>{first(one.sentence)}</bdi></Link> : <bdi>{first(one.sentence)}</bdi>}
    </li>
  ); // prettier-ignore
};

/** What a record came of and what came of it, on its customer's timeline, each a way to go on; nothing when nothing is known. */
export const Chain = ({ noun, id, of }: ChainProps) => {
  const { _ } = useLingui();
  const search = useSearch({ strict: false }) as { of?: unknown };
  const contact = textOf(of ? of.contact_id : search.of);
  const account = contact ? null : textOf(of?.account_id);
  const asked = useQuery({
    queryKey: ["timeline", contact ?? account, "chain", noun, id],
    queryFn: ({ signal }) => request<Sent<Told>>(contact ? "GET /contacts/{id}/chain" : "GET /accounts/{id}/chain", { id: contact ?? account ?? "", noun, record: id }, signal),
    enabled: (contact ?? account) !== null && may("timeline.read"),
  }); // prettier-ignore
  if (!asked.data) return null;
  const { here, because, led_to } = asked.data;
  const told = of ? [] : here.slice(-3);
  const [opened] = here;
  // What somebody wrote down themselves came of nothing here, and that is said, too.
  const byHand = because.length === 0 && opened?.name.endsWith(".opened") && opened.actor_kind === "user" ? opened.actor_name : undefined; // prettier-ignore
  if (told.length + because.length + led_to.length === 0 && !byHand) return null;
  const rows = [
    { label: _("Because of"), of: because },
    { label: _("Here"), of: told },
    { label: _("Led to"), of: led_to },
  ].filter((row) => row.of.length > 0);
  return (
    <section className="chain" aria-label={_("How it came and what came of it")}>
      {byHand && (
        <div className="chain-row">
          <h2 className="quiet small">{_("Because of")}</h2>
          <p className="quiet">{_("nothing on the timeline: {name} opened it by hand", { name: byHand })}</p>
        </div>
      )}
      {rows.map((row) => (
        <div key={row.label} className="chain-row">
          <h2 className="quiet small">{row.label}</h2>
          <ul>
            {row.of.slice(0, shown).map((one) => (
              <Step key={one.id} one={one} contact={contact} />
            ))}
          </ul>
        </div>
      ))}
      {mayOrder.has(noun) && here.length > 0 && may("orders.create") && (
        <Link className="link small" to="/orders/new" search={{ ...(contact ? { contact } : { account: account ?? "" }), because: here.at(-1)?.id ?? "" }}>
          {_("An order because of this")}
        </Link>
      )}
      <Link className="link small" to={contact ? "/contacts/$id" : "/accounts/$id"} params={{ id: contact ?? account ?? "" }}>
        {_("The whole timeline")}
      </Link>
    </section>
  ); // prettier-ignore
};

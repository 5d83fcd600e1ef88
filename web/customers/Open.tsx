import { useState } from "react";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { OpenThing } from "#kernel/due";
import { request } from "../kit/client.ts";
import { count } from "../kit/format.ts";
import { lasting } from "../kit/lasting.ts";
import { daysUntil, shortDay } from "./days.ts";
import type { PanelProps } from "./panels.tsx";

const soon = 7; // days

/** What is open with a customer over all stages of the cycle, the first due first. */
export const Open = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const id = contactId ?? accountId ?? "";
  const [now] = useState(() => Date.now());
  const asked = useQuery({
    queryKey: ["orders", "open-with", id],
    queryFn: ({ signal }) => request<{ items: readonly OpenThing[] }>(contactId ? "GET /contacts/{id}/open" : "GET /accounts/{id}/open", { id }, signal),
  }); // prettier-ignore
  if (!asked.data) return null;
  const { items } = asked.data;
  const whenOf = (due: string): string =>
    Date.parse(due) < now ? _("since {day}", { day: shortDay(due) })
    : daysUntil(due) <= soon ? _("in {time}", { time: lasting(Date.parse(due) - now) })
    : shortDay(due); // prettier-ignore
  return (
    <section aria-label={_("Open")}>
      <h3 className="part-title line">
        <span className="fill">{_("Open")}</span>
        {items.length > 0 && <span className="quiet number">{count(items.length)}</span>}
      </h3>
      {items.length === 0 && <p className="quiet">{_("Nothing is open.")}</p>}
      <ul>
        {items.map((thing) => (
          <li key={thing.id}>
            <Link className="side-line line" to={thing.to}>
              <bdi className="fill clip">{thing.title}</bdi>
              <span className="quiet small number" data-late={(thing.due_at !== null && Date.parse(thing.due_at) < now) || undefined}>
                {[thing.note, thing.due_at && whenOf(thing.due_at)].filter(Boolean).join(" · ")}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
};

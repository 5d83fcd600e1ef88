import { useState, type ReactNode } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import type { Tone } from "#records";
import { count, instant } from "../format.ts";
import { stretches, whenWords } from "./days.ts";
import "./timeline.css";

export interface Happened {
  id: string;
  name: string;
  occurred_at: string;
  sentence: string;
  tone: Tone;
  /** The address of the record it tells of. */
  to?: string | undefined;
  /** A second, quieter line: what caused it, who did it. */
  detail?: ReactNode;
  /** Why an automatic entry is here; offered as a disclosure. */
  why?: ReactNode;
}
export interface KindChoice {
  key: string;
  label: string;
  /** How many there are. */
  n?: number;
}
export interface TimelineProps {
  items: readonly Happened[];
  kinds?: readonly KindChoice[];
  kind?: string | undefined;
  onKind?: (kind: string | undefined) => void;
  /** More can be asked for. */
  more?: (() => void) | undefined;
  busy?: boolean;
  empty: ReactNode;
  now?: Date;
}

const first = (sentence: string): string => sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);

const Entry = ({ item, now }: { item: Happened; now: Date }) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState(false);
  const id = `why-${item.id}`;
  return (
    <li className="happened" data-tone={item.tone}>
      <span className="dot" />
      <div className="fill">
        <p>
          {item.to ? (
            <Link className="happened-what" to={item.to}>
              <bdi>{first(item.sentence)}</bdi>
            </Link>
          ) : (
            <bdi className="happened-what">{first(item.sentence)}</bdi>
          )}
          {item.why !== undefined && (
            <button
              type="button"
              className="plain link small happened-ask"
              aria-expanded={open}
              aria-controls={id}
              onClick={() => setOpen(!open)}
            >
              {_("Why?")}
            </button>
          )}
        </p>
        {item.detail && <p className="small quiet">{item.detail}</p>}
        <div id={id} hidden={!open} className="happened-why">
          {open && item.why}
        </div>
      </div>
      <time className="small quiet number" dateTime={item.occurred_at} title={instant(item.occurred_at)}>
        {whenWords(item.occurred_at, now)}
      </time>
    </li>
  );
};

/** What happened, newest on top, under days and months; each automatic entry says why. */
export const Timeline = ({ items, kinds = [], kind, onKind, more, busy = false, empty, now: given }: TimelineProps) => {
  const { _ } = useLingui();
  const [opened] = useState(() => new Date());
  const now = given ?? opened;
  const choices: (KindChoice | undefined)[] = [undefined, ...kinds];
  return (
    <div className="timeline" aria-busy={busy || undefined}>
      {kinds.length > 0 && (
        <div className="timeline-kinds" role="group" aria-label={_("Show")}>
          {choices.map((choice) => (
            <button
              key={choice?.key ?? ""}
              type="button"
              className="timeline-kind"
              aria-pressed={kind === choice?.key}
              onClick={() => onKind?.(choice?.key)}
            >
              {choice ? _(choice.label) : _("Everything")}
              {choice?.n !== undefined && <span className="number quiet"> {count(choice.n)}</span>}
            </button>
          ))}
        </div>
      )}
      {items.length === 0 && !busy && <div className="empty">{empty}</div>}
      {stretches(items, now).map((stretch) => (
        <section key={stretch.key}>
          <h3 className="small quiet">{stretch.title}</h3>
          <ol>
            {stretch.items.map((item) => (
              <Entry key={item.id} item={item} now={now} />
            ))}
          </ol>
        </section>
      ))}
      {more && (
        <Button variant="default" loading={busy} onClick={more}>
          {_("Show earlier")}
        </Button>
      )}
    </div>
  );
};

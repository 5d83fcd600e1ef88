import { useEffect, useRef, useState } from "react";
import { useLingui } from "@lingui/react";
import type { Due } from "#kernel/due";
import { count } from "../kit/format.ts";
import { useKeys } from "../kit/keys.ts";
import { useDueActs } from "./acts.ts";
import { stageTone } from "./told.ts";
import "./day.css";

const Line = ({ due, chosen, onChoose, onAct }: { due: Due; chosen: boolean; onChoose: () => void; onAct: () => void }) => {
  const { _ } = useLingui();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <li ref={line} className="due" data-tone={stageTone[due.stage]} data-chosen={chosen || undefined}>
      <span className="dot" />
      <button type="button" className="plain due-said" aria-current={chosen || undefined} onClick={onChoose} onDoubleClick={onAct}>
        <bdi className="due-title">{due.title}</bdi>
        <bdi className="quiet small">{due.reason}</bdi>
      </button>
      <button type="button" className="plain due-act" onClick={onAct}>
        <kbd aria-hidden>E</kbd> {due.act.label}<span className="unseen">{_(": {what}", { what: due.title })}</span>
      </button>
    </li>
  );
}; // prettier-ignore

/** What is due, one chosen: J and K move, E does it, L puts it off; what is done is gone, and the next one is chosen. */
export const DueList = ({ items, total }: { items: readonly Due[]; total: number }) => {
  const { _ } = useLingui();
  const [at, setAt] = useState(0);
  const { act, later } = useDueActs();
  const place = Math.min(at, Math.max(0, items.length - 1));
  const chosen = items[place];
  const group = _("My day");
  useKeys(chosen ? [
    { keys: "j", label: _("The next one"), group, run: () => setAt(Math.min(place + 1, items.length - 1)), quiet: true },
    { keys: "k", label: _("The former one"), group, run: () => setAt(Math.max(place - 1, 0)), quiet: true },
    { keys: "e", label: _("Do it"), group, run: () => act(chosen) },
    { keys: "l", label: _("Later"), group, run: () => later(chosen) },
  ] : []); // prettier-ignore
  return (
    <>
      <ul className="dues">
        {items.map((due, i) => (
          <Line key={due.id} due={due} chosen={i === place} onChoose={() => setAt(i)} onAct={() => act(due)} />
        ))}
      </ul>
      {total > items.length && (
        <p className="quiet small due-more">{_("{n} more come up as you go.", { n: count(total - items.length) })}</p>
      )}
    </>
  );
};

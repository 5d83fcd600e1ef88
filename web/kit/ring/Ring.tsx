import { useEffect, useState, type KeyboardEvent } from "react";
import { useLingui } from "@lingui/react";
import { count, percent, short } from "../format.ts";
import { lineHeight, linesOf, narrow, ringOf, type Size } from "./geometry.ts";
import { RingTable } from "./RingTable.tsx";
import { daysWords, type RingLink, type RingProps } from "./ring.ts";
import "./ring.css";

export type { RingLink, RingProps, RingStep } from "./ring.ts";

const press = (run: () => void) => ({
  tabIndex: 0,
  role: "link",
  onClick: run,
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    run();
  },
});

const useSize = (height: number): [(element: HTMLElement | null) => void, Size] => {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(720);
  useEffect(() => {
    if (!element) return;
    const watcher = new ResizeObserver(
      ([entry]) => entry && setWidth(Math.max(300, Math.round(entry.contentRect.width))),
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [element]);
  return [setElement, { width, height: width < narrow ? Math.min(height, width - 50) : height }];
};

/** The ring of the cycle: who stands where, who moves on, how long it takes, and the weakest link; each number leads to the people behind it. */
export const Ring = ({ steps, links, centre, onStep, onLink, height = 600 }: RingProps) => {
  const { _ } = useLingui();
  const [box, size] = useSize(height);
  const [table, setTable] = useState(false);
  const written = steps.map((step) => linesOf(step.name, 14));
  const named = size.width >= narrow;
  const ring = ringOf(steps.map((step) => step.count), size, written.map((lines) => lines.length)); // prettier-ignore
  const names = new Map(steps.map((step) => [step.key, step.name]));
  const rateWords = (link: RingLink): string => link.said ?? (link.rate === null ? "–" : percent(link.rate));
  // What is seen comes first, so that speech control finds it; then what the place on the ring says to the eye.
  const linkWords = (link: RingLink): string =>
    _("{seen} from {from} to {to}, {n} moved on", {
      seen: [rateWords(link), daysWords(link.median_days)].join(" ").trim(),
      from: names.get(link.from) ?? link.from,
      to: names.get(link.to) ?? link.to,
      n: count(link.moved),
    });
  const round = steps.map((step, i) =>
    links.find((link) => link.from === step.key && link.to === steps[(i + 1) % steps.length]?.key),
  );
  const toggle = (
    <button
      type="button"
      className="plain link small ring-toggle"
      aria-pressed={table}
      onClick={() => setTable(!table)}
    >
      {table ? _("Show as a ring") : _("Show as a table")}
    </button>
  );
  if (table) return <div className="ring">{toggle}<RingTable steps={steps} links={links} onStep={onStep} onLink={onLink} /></div>; // prettier-ignore
  return (
    <div className="ring" ref={box}>
      {toggle}
      <div className="ring-stage" style={{ blockSize: size.height }}>
        <svg width={size.width} height={size.height} viewBox={`0 0 ${size.width} ${size.height}`} role="group" aria-label={_("The cycle as a ring")}>
          {steps.map((step, i) => {
            const arc = ring.arcs[i];
            if (!arc) return null;
            return (
              <g key={step.key} data-tone={step.tone} className="ring-step" {...press(() => onStep(step.key))}>
                <path d={arc.path} strokeWidth={arc.weight} className="ring-arc" />
                <text x={arc.label.x} y={arc.label.y} textAnchor={arc.label.anchor} className={named ? "ring-count" : "ring-count small"}>{`${named ? count(step.count) : short(step.count)} `}</text>
                {named && <text x={arc.label.x} y={arc.label.y + 18} textAnchor={arc.label.anchor} className="ring-name">
                  {written[i]?.map((line, l) => <tspan key={line} x={arc.label.x} dy={l === 0 ? 0 : lineHeight}>{`${line} `}</tspan>)}
                </text>}
              </g>
            ); // prettier-ignore
          })}
          {ring.links.map(({ label, dot }, i) => {
            const link = round[i];
            if (!link) return null;
            return (
              <g key={link.from} className="ring-link" data-weakest={link.weakest || undefined} aria-label={linkWords(link)} {...press(() => onLink(link))}>
                <circle cx={dot.x} cy={dot.y} r={3} />
                <rect x={label.x - (link.said ? 46 : 28)} y={label.y - 15} width={link.said ? 92 : 56} height={34} rx={4} />
                <text x={label.x} y={label.y} textAnchor="middle" className="ring-rate">{`${rateWords(link)} `}</text>
                <text x={label.x} y={label.y + 15} textAnchor="middle" className="ring-days">{daysWords(link.median_days)}</text>
              </g>
            ); // prettier-ignore
          })}
        </svg>
        <div className="ring-centre" style={{ maxInlineSize: ring.inner * 1.95 }}>
          <strong>{count(centre.count)}</strong>
          <span className="quiet">{centre.words}</span>
          {ring.links.length > 0 && <Aside {...centre} onStep={onStep} />}
        </div>
      </div>
      {ring.links.length === 0 && (
        <div className="ring-below">
          <Aside {...centre} onStep={onStep} />
          <ul>
            {steps.map((step, i) => {
              const link = round[i];
              return (
                <li key={step.key} data-tone={step.tone}>
                  <button type="button" className="plain ring-way" onClick={() => onStep(step.key)}>
                    <span className="dot" />
                    <span className="fill clip">{step.name}</span>
                    <strong className="number">{count(step.count)}</strong>
                  </button>
                  {link && (
                    <button type="button" className="plain ring-way onward small" data-weakest={link.weakest || undefined} onClick={() => onLink(link)}>
                      <span aria-hidden>↓</span> <strong className="number">{rateWords(link)}</strong> <span className="quiet number">{daysWords(link.median_days)}</span>
                      <span className="unseen">{linkWords(link)}</span>
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  ); // prettier-ignore
};

const Aside = ({ aside = [], more, onStep }: RingProps["centre"] & { onStep: RingProps["onStep"] }) => (
  <div className="ring-aside">
    {aside.map((stage) => (
      <button key={stage.key} type="button" className="plain" data-tone={stage.tone} onClick={() => onStep(stage.key)}>
        <span className="dot" /> {stage.name} <span className="number">{count(stage.count)}</span>
      </button>
    ))}
    {more}
  </div>
);

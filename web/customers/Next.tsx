import type { ReactNode } from "react";
import { useLingui } from "@lingui/react";
import { count } from "../kit/format.ts";
import type { Rec } from "../records/record.ts";
import { daysUntil, shortDay } from "./days.ts";
import { ruleOfFlip } from "./next.ts";
import { ruleName } from "./rule-name.ts";
import { useRules } from "./rules.ts";
import { StageChip, stageWord } from "./stages.tsx";
import type { Story } from "./told.ts";
import { figureIn, textIn } from "./values.ts";

type Tree = Story["rules"][number]["tree"];

const Line = ({ node }: { node: Tree }) => (
  <li>
    <span className="ahead-line" data-true={node.truth || undefined}>
      <bdi>{node.text}</bdi>
    </span>
    {node.children.length > 0 && (
      <ul>
        {node.children.map((child, i) => (
          <Line key={i} node={child} />
        ))}
      </ul>
    )}
  </li>
);

const useFlip = (record: Rec, story: Story) => {
  const { _ } = useLingui();
  const rules = useRules();
  if (!story.next_at) return { words: _("Time alone changes nothing; the next fact does."), to: undefined };
  const gap = record["usual_gap_days"];
  const standing = {
    stage: story.stage,
    since: story.since,
    last_order_at: textIn(record, "last_order_at") || null,
    usual_gap_days: typeof gap === "number" ? gap : null,
  };
  const to = ruleOfFlip(rules.data?.rules ?? [], standing, story.next_at)?.to;
  const said = { day: shortDay(story.next_at), stage: to ? _(stageWord(to).label).toLocaleLowerCase() : "" };
  if (!to) return { words: _("The rules look again on {day}.", said), to };
  const words = figureIn(record, "order_count") > 0 ? _("Becomes {stage} on {day} if no order comes", said) : _("Becomes {stage} on {day} if nothing else happens", said); // prettier-ignore
  return { words, to };
};

/** What happens next to a customer by time alone, what else lies ahead (the children), why they stand where they stand, and what the rules see in them now. */
export const Next = ({ record, story, children }: { record: Rec; story: Story; children?: ReactNode }) => {
  const { _ } = useLingui();
  const { words, to } = useFlip(record, story);
  const [last] = story.moves;
  const days = story.next_at ? count(daysUntil(story.next_at)) : "";
  return (
    <section aria-label={_("What happens next")}>
      <h3 className="part-title">{_("What happens next")}</h3>
      <p className="line next-line" data-tone={to ? stageWord(to).tone : "neutral"}>
        <span className="dot" />
        <span>
          {words} {to && <span className="quiet">{_("(in {days} d)", { days })}</span>}
        </span>
      </p>
      <ul>{children}</ul>
      {last && (
        <p className="quiet small next-why">
          {_("{stage} since {day}:", { stage: _(stageWord(last.to).label), day: shortDay(last.at) })}{" "}
          <bdi>{last.reason}</bdi>
        </p>
      )}
      {story.rules.length > 0 && (
        <details className="ahead">
          <summary className="link small">{_("What could move them on")}</summary>
          {story.rules.map((rule) => (
            <div key={rule.key} className="ahead-rule">
              <p className="line">
                <StageChip stage={rule.to} /> <span className="quiet small">{_(ruleName(rule.key))}</span>
              </p>
              <ul className="small">
                <Line node={rule.tree} />
              </ul>
            </div>
          ))}
        </details>
      )}
    </section>
  );
};

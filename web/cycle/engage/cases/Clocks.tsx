import { useEffect, useState } from "react";
import { useLingui } from "@lingui/react";
import { instant } from "../../../kit/format.ts";
import { standing } from "./clock-words.ts";
import { amount } from "../../../kit/lasting.ts";
import type { Story, Target } from "./told.ts";

const words = { first_response: "First response", next_response: "Next response", resolution: "Resolution" } as const;
const everyMs = 30_000;

/** The present, told anew every half minute. */
export const useNow = (): Date => {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const clock = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(clock);
  }, []);
  return now;
};

const Clock = ({ target, now }: { target: Target; now: Date }) => {
  const { _ } = useLingui();
  const { words: said, tone } = standing(target, now);
  const at = target.ended_at ?? target.due_at;
  return (
    <li className="case-clock" data-tone={tone}>
      <span className="line"><span className="dot" /><span className="fill">{_(words[target.kind])}</span><strong className="number">{said}</strong></span>
      <span className="quiet small">
        {target.clock === "business"
          ? _("{policy}: {time} of business hours", { policy: target.policy, time: amount(target.seconds) })
          : _("{policy}: {time}", { policy: target.policy, time: amount(target.seconds) })}
        {at && <> · <time dateTime={at}>{instant(at)}</time></>}
      </span>
    </li>
  ); // prettier-ignore
};

/** What was promised, what runs, and what came of it; running clocks first. */
export const Clocks = ({ story }: { story: Story }) => {
  const { _ } = useLingui();
  const now = useNow();
  const sorted = story.targets.toSorted((a, b) => Number(a.outcome !== null) - Number(b.outcome !== null) || (b.ended_at ?? "").localeCompare(a.ended_at ?? "")); // prettier-ignore
  return (
    <section aria-labelledby="clocks">
      <h2 className="part-title" id="clocks">{_("Clocks")}</h2>
      {sorted.length === 0 && <p className="quiet">{_("Nothing was promised to such a case.")}</p>}
      <ul>{sorted.map((target) => <Clock key={target.id} target={target} now={now} />)}</ul>
      {story.paused_since && <p className="quiet small">{_("Waiting for the customer since {when}.", { when: instant(story.paused_since) })}</p>}
    </section>
  ); // prettier-ignore
};

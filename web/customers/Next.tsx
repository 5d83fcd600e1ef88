import { useLingui } from "@lingui/react";
import { count } from "../kit/format.ts";
import type { Rec } from "../records/record.ts";
import { daysBetween, shortDay } from "./days.ts";
import { stageWord } from "./stages.tsx";
import type { Story } from "./told.ts";

/** What happens next to a customer by time alone, and why they stand where they stand. */
export const Next = ({ record, story }: { record: Rec; story: Story }) => {
  const { _ } = useLingui();
  const last = story.transitions.at(-1);
  const { next } = story;
  const buys = Number(record["order_count"] ?? 0) > 0;
  const stage = next?.to ? _(stageWord(next.to).label).toLocaleLowerCase() : "";
  const when = next ? { stage, day: shortDay(next.at), days: count(daysBetween(new Date(), next.at)) } : undefined;
  return (
    <section className="next" aria-label={_("What happens next")}>
      <h3 className="part-title">{_("What happens next")}</h3>
      {when && stage ? (
        <p data-tone={stageWord(next?.to ?? "").tone} className="line next-line">
          <span className="dot" />
          <span>
            {buys
              ? _("Becomes {stage} on {day} if no order comes", when)
              : _("Becomes {stage} on {day} if nothing else happens", when)}{" "}
            <span className="quiet">
              {_("(in {days, plural, =0 {less than a day} one {# day} other {# days}})", when)}
            </span>
          </span>
        </p>
      ) : when ? (
        <p className="quiet">{_("The rules look again on {day}.", when)}</p>
      ) : (
        <p className="quiet">{_("Time alone changes nothing; the next fact does.")}</p>
      )}
      {last && (
        <p className="quiet small next-why">
          {_("{stage} since {day}: {reason}", {
            stage: _(stageWord(last.to).label),
            day: shortDay(last.at),
            reason: last.reason,
          })}
        </p>
      )}
    </section>
  );
};

import { Button, NumberInput, Switch } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { may } from "../../kit/boot.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { duplicatesOf, type Queue, type RuleTold } from "./told.ts";

/** The rules by which duplicates are found: how many pairs each has, on or off, how alike names must be, and merging all of one. */
export const Rules = ({ plural, queue, onChanged }: { plural: string; queue: Queue; onChanged: () => void }) => {
  const { _ } = useLingui();
  const duplicates = duplicatesOf(plural);
  const mayChange = may(`${plural}.delete`);
  const orSay = (thrown: unknown): void => void tell(sentenceOf(thrown), { tone: "bad" });
  const change = (rule: RuleTold): void =>
    void duplicates.change(rule).then(onChanged, (thrown: unknown) => {
      orSay(thrown);
      onChanged();
    });
  const mergeAll = async (rule: RuleTold): Promise<void> => {
    try {
      const { job_id } = await duplicates.mergeAll(rule.rule);
      done(_("All found by “{rule}” are being merged: the tray shows how far it is", { rule: _(rule.label) }), () =>
        duplicates.unmergeAll(job_id),
      );
    } catch (thrown) {
      orSay(thrown);
    }
  };
  return (
    <section className="compare-rules">
      <h2>{_("What counts as a duplicate")}</h2>
      <ul>
        {queue.rules.map((rule) => {
          const n = queue.counts.find((c) => c.rule === rule.rule)?.count ?? 0;
          return (
            <li key={rule.rule} className="line">
              <Switch
                label={_(rule.label)}
                checked={rule.active}
                disabled={!mayChange}
                onChange={(event) => change({ ...rule, active: event.currentTarget.checked })}
              />
              <span className="fill" />
              <span className="quiet small number">
                {n > 10_000 ? _("more than 10,000 pairs") : _("{n, plural, one {# pair} other {# pairs}}", { n })}
              </span>
              <NumberInput
                aria-label={_("Names at least this alike, in percent: {rule}", { rule: _(rule.label) })}
                key={rule.threshold}
                defaultValue={Math.round(rule.threshold * 100)}
                min={0}
                max={100}
                suffix=" %"
                w={86}
                disabled={!mayChange}
                onBlur={(event) => {
                  const percent = Number.parseInt(event.currentTarget.value, 10);
                  if (percent >= 0 && percent <= 100 && percent !== Math.round(rule.threshold * 100))
                    change({ ...rule, threshold: percent / 100 });
                }}
              />
              {mayChange && n > 0 && (
                <Button variant="default" onClick={() => void mergeAll(rule)}>
                  {_("Merge all")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};

import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQueries } from "@tanstack/react-query";
import type { Field } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { instant } from "../../kit/format.ts";
import { useKeys } from "../../kit/keys.ts";
import { pathOf } from "../../shell/places.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { textOf } from "../cells.tsx";
import { pointed, titleOf, valueIn, type Rec } from "../record.ts";
import type { Pair } from "./told.ts";

export interface CompareProps {
  object: DescribedObject;
  pair: Pair;
  place: string;
  load: (id: string, signal?: AbortSignal) => Promise<Rec>;
  onNext: () => void;
  onMerge?: (winner: string, choices: Record<string, string>) => Promise<void>;
  onDismiss?: () => void;
}

const shownOf = (record: Rec, field: Field): string => pointed(record, field)?.title ?? textOf(record, field);

/** Two records side by side: where they differ each value can be chosen; the rest is the winner's, or whichever has one. */
export const Compare = ({ object, pair, place, load, onNext, onMerge, onDismiss }: CompareProps) => {
  const { _ } = useLingui();
  const [winner, setWinner] = useState(pair.winner);
  const [choices, setChoices] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const asked = useQueries({
    queries: [pair.a, pair.b].map((id) => ({
      queryKey: [object.plural, "one", id],
      queryFn: ({ signal }: { signal: AbortSignal }) => load(id, signal),
    })),
  });
  const [left, right] = asked.map((a) => a.data);
  const merge = (): void => {
    if (!onMerge || busy || !left || !right) return;
    setBusy(true);
    void onMerge(winner, choices).finally(() => setBusy(false));
  };
  const group = _("Duplicates");
  useKeys([
    { keys: "1", label: _("The left one stays"), group, run: () => setWinner(pair.a) },
    { keys: "2", label: _("The right one stays"), group, run: () => setWinner(pair.b) },
    ...(onMerge ? [{ keys: "m", label: _("Merge"), group, run: merge }] : []),
  ]);
  const failed = asked.find((a) => a.isError);
  if (failed) return <p role="alert">{sentenceOf(failed.error)}</p>;
  if (!left || !right) return <div className="compare" aria-busy="true" />;
  const fields = object.fields.filter((f) => !f.computed && (shownOf(left, f) !== "" || shownOf(right, f) !== ""));
  const chosen = (field: Field): string => {
    const said = choices[field.name];
    if (said) return said;
    const other = winner === pair.a ? pair.b : pair.a;
    const kept = winner === pair.a ? left : right;
    return shownOf(kept, field) === "" ? other : winner;
  };
  return (
    <section className="compare" aria-label={_("{a} and {b}", { a: pair.titles[0], b: pair.titles[1] })}>
      <div className="line compare-head">
        <span className="chip">{_(pair.why)}</span>
        <span className="quiet small number">{_("{n} % alike", { n: Math.round(pair.score * 100) })}</span>
        <span className="fill" />
        <span className="quiet small number">{place}</span>
      </div>
      <table className="compare-table">
        <thead>
          <tr>
            <td />
            {[left, right].map((record, i) => (
              <th key={record.id} scope="col" data-winner={record.id === winner || undefined}>
                <label className="line">
                  <input
                    type="radio"
                    name="winner"
                    checked={record.id === winner}
                    onChange={() => setWinner(record.id)}
                  />
                  <span className="fill">{record.id === winner ? _("Stays") : _("Is merged into the other")}</span>
                  <kbd>{i + 1}</kbd>
                </label>
                <Link className="link" to={pathOf(object.name, record.id)}>
                  <bdi>{titleOf(object, record)}</bdi>
                </Link>
                <div className="quiet small">
                  {_("added {at}", { at: instant(String(valueIn(record, "created_at"))) })}
                </div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const differs = shownOf(left, field) !== shownOf(right, field);
            return (
              <tr key={field.name} data-differs={differs || undefined}>
                <th scope="row">{_(field.label)}</th>
                {[left, right].map((record) => (
                  <td key={record.id} data-chosen={(differs && chosen(field) === record.id) || undefined}>
                    {differs ? (
                      <label className="line">
                        <input
                          type="radio"
                          name={`field-${field.name}`}
                          aria-label={_("{field}: {value}", {
                            field: _(field.label),
                            value: shownOf(record, field) || _("empty"),
                          })}
                          checked={chosen(field) === record.id}
                          onChange={() => setChoices((before) => ({ ...before, [field.name]: record.id }))}
                        />
                        <bdi>{shownOf(record, field) || <span className="quiet">{_("empty")}</span>}</bdi>
                      </label>
                    ) : (
                      <bdi className="quiet">{shownOf(record, field)}</bdi>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="quiet small">
        {_("Orders, notes, cases and everything else of both stay with the one that stays. It can be undone.")}
      </p>
      <div className="line compare-acts">
        {onMerge && (
          <Button onClick={merge} loading={busy}>
            {_("Merge")} <kbd>M</kbd>
          </Button>
        )}
        {onDismiss && (
          <Button variant="default" onClick={onDismiss}>
            {_("Not the same")} <kbd>X</kbd>
          </Button>
        )}
        <Button variant="subtle" onClick={onNext}>
          {_("Next")} <kbd>J</kbd>
        </Button>
      </div>
    </section>
  );
};

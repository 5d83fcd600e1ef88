import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { Choice, Tone } from "#records";
import { Icon } from "../../kit/Icon.tsx";
import { count } from "../../kit/format.ts";
import { customFields } from "./fields.ts";

const toneWords: Record<Tone, string> = {
  neutral: "No colour", blue: "Blue", indigo: "Indigo", amber: "Amber", green: "Green", teal: "Teal", violet: "Violet", pink: "Pink", red: "Red", gray: "Grey",
}; // prettier-ignore

interface Props {
  /** The field that is changed; none while it is new. */
  id: string | undefined;
  choices: Choice[];
  error: string | undefined;
  onChange: (choices: Choice[]) => void;
}

/** The choices of a field, in their order, each with its colour and how many records hold it; one that is held is retired, not lost. */
export const ChoiceRows = ({ id, choices, error, onChange }: Props) => {
  const { _ } = useLingui();
  const { data } = useQuery({ queryKey: ["custom-fields", "held", id], queryFn: () => customFields().held({ id: id! }), enabled: id !== undefined });
  const heldBy = (choice: Choice): number => data?.choices[choice.value] ?? 0;
  const put = (at: number, change: Partial<Choice>): void => onChange(choices.map((choice, i) => (i === at ? { ...choice, ...change } : choice)));
  const remove = (at: number): void => {
    const { removed: _removed, ...choice } = choices[at]!;
    // What records may hold is still read by its label; nobody can choose it any more.
    if (id && choice.value !== "") onChange(choices.map((other, i) => (i === at ? { ...choice, removed: true as const } : other)));
    else onChange(choices.filter((_choice, i) => i !== at));
  };
  const back = (at: number): void => onChange(choices.map(({ removed, ...choice }, i) => (i === at || !removed ? choice : { ...choice, removed })));
  const rows = choices.map((choice, i) => ({ choice, i, n: i + 1 }));
  return (
    <fieldset className="plain-set">
      <legend className="label">{_("Choices")}</legend>
      {error && <p className="note small" data-tone="red" role="alert">{error}</p>}
      <ul className="choice-rows">
        {rows.filter(({ choice }) => !choice.removed).map(({ choice, i, n }) => (
          <li key={i} className="line">
            <TextInput className="fill" aria-label={_("Choice {n}", { n })} value={choice.label} maxLength={100} onChange={(event) => put(i, { label: event.currentTarget.value })} />
            {heldBy(choice) > 0 && <span className="quiet small number" aria-label={_("{n} records hold it", { n: count(heldBy(choice)) })}>{count(heldBy(choice))}</span>}
            <NativeSelect aria-label={_("Colour of choice {n}", { n })} value={choice.tone ?? "neutral"} data={Object.entries(toneWords).map(([value, label]) => ({ value, label: _(label) }))} onChange={(event) => put(i, { tone: event.currentTarget.value as Tone })} />
            <ActionIcon variant="subtle" aria-label={heldBy(choice) > 0 ? _("Retire choice {n}, which {count} records hold", { n, count: count(heldBy(choice)) }) : _("Remove choice {n}", { n })} onClick={() => remove(i)}><Icon name="x" /></ActionIcon>
          </li>
        ))}
      </ul>
      <Button variant="default" onClick={() => onChange([...choices, { value: "", label: "" }])}>{_("Add a choice")}</Button>
      {choices.some((choice) => choice.removed) && (
        <ul className="choice-rows">
          {rows.filter(({ choice }) => choice.removed).map(({ choice, i }) => (
            <li key={i} className="line">
              <span className="fill quiet"><bdi>{choice.label}</bdi> <span className="chip">{_("Retired")}</span></span>
              <span className="quiet small">{heldBy(choice) > 0 ? _("{n} records keep it", { n: count(heldBy(choice)) }) : _("No record holds it")}</span>
              <Button size="xs" variant="default" aria-label={_("Offer again: {name}", { name: choice.label })} onClick={() => back(i)}>{_("Offer again")}</Button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}; // prettier-ignore

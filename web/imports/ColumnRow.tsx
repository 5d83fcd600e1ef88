import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { count, locale } from "../kit/format.ts";
import { commonDates, readAs, tellingExample } from "./dates.ts";
import { targetOf, type ColumnTrouble } from "./mapping.ts";
import type { ColumnGuess, Importable, MappingProblem, Target } from "./told.ts";
import { kindWords } from "./words.ts";

export interface ColumnRowProps {
  guess: ColumnGuess;
  /** The first values as they are written. */
  samples: readonly string[];
  importable: Importable;
  target: Target | undefined;
  trouble: ColumnTrouble | undefined;
  problems: readonly MappingProblem[];
  onTarget: (target: Target | undefined) => void;
}

// A new field of the workspace's own; the server takes lower-case letters, digits and underscores.
const customOf = (column: string): string =>
  `custom.${column.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 60) || "field"}`; // prettier-ignore

const Dates = ({
  guess,
  samples,
  target,
  onTarget,
}: Pick<ColumnRowProps, "guess" | "samples" | "onTarget"> & { target: Target }) => {
  const { _ } = useLingui();
  const formats = guess.dates.length > 0 ? guess.dates : commonDates;
  const example = tellingExample([...guess.examples, ...samples], formats);
  const reads = (format: string): string => {
    const day = readAs(example, format, locale());
    return day ? _("{example} is {day}", { example, day }) : format;
  };
  const [only] = formats;
  if (guess.dates.length === 1 && only !== undefined && target.dates === only)
    return <p className="quiet small number">{reads(only)}</p>;
  return (
    <NativeSelect
      label={guess.ambiguous ? _("Two ways to read these dates: which is meant?") : _("Dates are written as")}
      value={target.dates ?? ""}
      error={guess.ambiguous && !target.dates}
      data={[...(target.dates ? [] : [{ value: "", label: _("Choose") }]), ...formats.map((format) => ({ value: format, label: `${format} · ${reads(format)}` }))]}
      onChange={(event) => onTarget({ field: target.field, ...(event.currentTarget.value ? { dates: event.currentTarget.value } : {}) })}
    />
  ); // prettier-ignore
};

const styles = ["1,234.56", "1.234,56", "1 234,56", "1'234.56"];
const Decimals = ({ guess, target, onTarget }: Pick<ColumnRowProps, "guess" | "onTarget"> & { target: Target }) => {
  const { _ } = useLingui();
  // Whole numbers and clear decimals need no question.
  if (guess.decimals.length === 1 || (guess.decimals.length > 1 && !guess.ambiguous)) return null;
  return (
    <NativeSelect
      label={_("Numbers are written as")}
      value={target.decimals ?? styles[0]}
      data={styles}
      onChange={(event) => onTarget({ field: target.field, decimals: event.currentTarget.value })}
    />
  );
};

/** One column of the file: its name and samples, the field it becomes, and what is wrong in it. */
export const ColumnRow = ({ guess, samples, importable, target, trouble, problems, onTarget }: ColumnRowProps) => {
  const { _ } = useLingui();
  const type = importable.fields.find((field) => field.name === target?.field)?.type;
  const help = importable.fields.find((field) => field.name === target?.field)?.help;
  const custom = importable.custom
    ? [
        {
          value: target?.field.startsWith("custom.") ? target.field : customOf(guess.name),
          label: _("A field of our own"),
        },
      ]
    : [];
  const data = [
    { value: "", label: _("Leave out") },
    ...importable.fields.map((field) => ({
      value: field.name,
      label: field.required ? _("{field} (needed)", { field: _(field.label) }) : _(field.label),
    })),
    ...custom,
  ];
  const errors = problems.map((problem) => problem.message).join(" ");
  return (
    <li className="column" data-mapped={target !== undefined || undefined}>
      <div className="column-said">
        <strong className="clip"><bdi>{guess.name}</bdi></strong>
        <span className="quiet small">{_(kindWords(guess.kind))}{guess.blank > 0 && `, ${_("{n} empty", { n: count(guess.blank) })}`}</span>
        <bdi className="small clip column-samples" title={guess.examples.join(" · ")}>{guess.examples.slice(0, 3).join(" · ")}</bdi>
      </div>
      <div className="column-to">
        <NativeSelect
          inputWrapperOrder={["input", "description", "error"]}
          aria-label={_("Column {column} becomes", { column: guess.name })}
          value={target?.field ?? ""}
          data={data}
          error={errors || undefined}
          description={help ? _(help) : undefined}
          onChange={(event) => onTarget(event.currentTarget.value ? targetOf(event.currentTarget.value, importable, guess) : undefined)}
        />
        {target?.field.startsWith("custom.") && (
          <TextInput aria-label={_("Name of the field")} value={target.field.slice(7)} maxLength={60} onChange={(event) => onTarget({ field: `custom.${event.currentTarget.value.toLowerCase().replace(/[^a-z0-9_]/g, "_")}` })} />
        )}
        {target && type === "datetime" && <Dates guess={guess} samples={samples} target={target} onTarget={onTarget} />}
        {target && type === "decimal" && <Decimals guess={guess} target={target} onTarget={onTarget} />}
        {target && trouble && (
          <div className="column-wrong" data-tone="red">
            <p><span className="dot" /> {_("{n, plural, one {# value cannot be read} other {# values cannot be read}}", { n: trouble.count })}</p>
            {trouble.first.map((message) => <p key={message} className="small"><bdi>{message}</bdi></p>)}
          </div>
        )}
      </div>
    </li>
  ); // prettier-ignore
};

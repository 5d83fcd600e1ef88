import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { problemOf } from "../../kit/problem.ts";
import { decimalText } from "./amounts.ts";

/** What may be moved of one line: to be sent, cancelled, invoiced, credited or taken back. */
export interface Movable {
  id: string;
  what: string;
  /** At most so many, decimal text. */
  left: string;
}
export type Typed = Readonly<Record<string, string>>;

/** Every line with all that is left of it. */
export const allOf = (lines: readonly Movable[]): Typed =>
  Object.fromEntries(lines.map((line) => [line.id, line.left]));

/** The lines a quantity was typed for. */
export const named = (lines: readonly Movable[], typed: Typed): readonly Movable[] =>
  lines.filter((line) => !["", "0"].includes((typed[line.id] ?? "").trim()));

/** The quantities as the server takes them. @throws a Problem naming the line whose figure is none */
export function quantitiesOf<K extends string>(lines: readonly Movable[], typed: Typed, key: K, words: string): Record<K | "quantity", string>[] {
  const given = named(lines, typed).map((line) => ({ [key]: line.id, quantity: decimalText(typed[line.id] ?? "") ?? "" }) as Record<K | "quantity", string>);
  const wrong = given.flatMap((line, i) => (line.quantity === "" ? [{ field: `lines.${i}.quantity`, message: words }] : []));
  if (wrong.length > 0) throw problemOf(422, { detail: words, errors: wrong });
  return given;
} // prettier-ignore

export interface QuantitiesProps {
  lines: readonly Movable[];
  typed: Typed;
  onTyped: (typed: Typed) => void;
  errors: Readonly<Record<string, string>>;
  /** "How many of {what} are sent", for who cannot see the list. */
  label: (what: string) => string;
}

/** One figure for each line, never more than is left of it; "All" fills it in. */
export const Quantities = ({ lines, typed, onTyped, errors, label }: QuantitiesProps) => {
  const { _ } = useLingui();
  const set = (id: string, value: string): void => onTyped({ ...typed, [id]: value });
  const asked = named(lines, typed);
  return (
    <>
      {errors["lines"] && <p role="alert" className="note" data-tone="red">{errors["lines"]}</p>}
      <ul className="giving-back">
        {lines.map((line, i) => {
          const at = asked.findIndex((one) => one.id === line.id);
          const said = at >= 0 ? (errors[`lines.${at}.quantity`] ?? errors[`lines.${at}.order_line_id`]) : undefined;
          return (
            <li key={line.id}>
              <bdi className="fill">{line.what}</bdi>
              <TextInput
                aria-label={label(line.what)}
                inputWrapperOrder={["input", "description", "error"]}
                description={_("of {n}", { n: line.left })}
                inputMode="decimal"
                className="number"
                w={110}
                value={typed[line.id] ?? ""}
                data-autofocus={i === 0 || undefined}
                error={said}
                onChange={(event) => set(line.id, event.currentTarget.value)}
              />
              <Button variant="default" aria-label={_("All of {what}", { what: line.what })} onClick={() => set(line.id, line.left)}>{_("All")}</Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}; // prettier-ignore

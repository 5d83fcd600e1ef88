import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { workspace, type DescribedObject } from "../../kit/boot.ts";
import { date, instant } from "../../kit/format.ts";
import { instantOf } from "../../kit/form/zoned.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { valueIn, type Rec } from "../record.ts";
import { recordAsOf } from "./told.ts";
import { Value } from "./Value.tsx";
import { toldField, type ToldField } from "./words.ts";

const fieldsThen = (object: DescribedObject, values: Readonly<Record<string, unknown>>): (ToldField & { value: unknown })[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const told = toldField(object, name);
    return told && value !== null && value !== "" ? [{ ...told, value }] : [];
  }); // prettier-ignore

/** The record as it was at the end of a day, and what is different now. */
export const Then = ({ object, record, day }: { object: DescribedObject; record: Rec; day: string }) => {
  const { _ } = useLingui();
  const at = instantOf(`${day}T23:59`, workspace().time_zone);
  const asked = useQuery({
    queryKey: ["history", record.id, "as of", at, record.version ?? 0],
    queryFn: ({ signal }) => recordAsOf(object.name, record.id, at, signal),
  });
  if (asked.isError) return <p role="alert">{sentenceOf(asked.error)}</p>;
  const then = asked.data;
  if (!then) return null;
  const since = instant(then.known_since);
  if (then.existed === null)
    return <p className="note">{_("Nothing is known of that day: changes were noted from {since} on.", { since })}</p>;
  if (!then.existed) return <p className="note">{_("It was not there yet: it was added on {since}.", { since })}</p>;
  return (
    <section className="then" aria-label={_("As of {day}", { day: date(day) })}>
      <p className="quiet small">
        {_("At the end of {day}; changes are known from {since} on. Figures that Rondo works out are not kept by day.", { day: date(day), since })}
        {then.trashed && ` ${_("It was in the trash.")}`}
      </p>
      <dl className="change-fields">
        {fieldsThen(object, then.values).map(({ name, label, field, value }) => (
          <div key={name} data-differs={then.differs.includes(name) || undefined}>
            <dt>{label}</dt>
            <dd>
              <Value field={field} value={value} />
              {then.differs.includes(name) && <span className="quiet"> · {_("now")} <Value field={field} value={valueIn(record, name)} /></span>}
            </dd>
          </div>
        ))}
        {then.differs.filter((name) => then.values[name] === null).map((name) => (
          <div key={name} data-differs>
            <dt>{toldField(object, name)?.label ?? name}</dt>
            <dd><Value field={undefined} value={null} /> <span className="quiet">· {_("now")} <Value field={toldField(object, name)?.field} value={valueIn(record, name)} /></span></dd>
          </div>
        ))}
      </dl>
    </section>
  ); // prettier-ignore
};

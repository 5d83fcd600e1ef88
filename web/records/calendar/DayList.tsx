import { Modal } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import type { Field } from "#records";
import { workspace, type DescribedObject } from "../../kit/boot.ts";
import { count, date, total } from "../../kit/format.ts";
import { Ask } from "../../settings/Ask.tsx";
import { both } from "../filter/groups.ts";
import { recordsOf, type Rec } from "../record.ts";
import { useQuery } from "@tanstack/react-query";
import { onDays } from "./days.ts";
import { Entry } from "./Entry.tsx";

export interface DayListProps {
  object: DescribedObject;
  field: Field;
  ask: { filter: Condition | undefined; q: string | undefined };
  day: string;
  onPick: (record: Rec) => void;
  onClose: () => void;
}

const dayAtMost = 200;

/** Everything on one day. */
export const DayList = ({ object, field, ask, day, onPick, onClose }: DayListProps) => {
  const { _ } = useLingui();
  const filter = both(ask.filter, onDays(field, day, day, workspace().time_zone));
  const asked = useQuery({
    queryKey: [object.plural, "calendar", field.name, ask, "day", day],
    queryFn: ({ signal }) =>
      recordsOf(object.plural).list({ q: ask.q, filter, sort: field.name, limit: dayAtMost }, signal),
  });
  return (
    <Modal opened onClose={onClose} title={date(day)} size={420} closeButtonProps={{ "aria-label": _("Close") }}>
      <Ask asked={asked}>
        {(told) => (
          <>
            <p className="small quiet number">{total(told.total)}</p>
            <ul className="calendar-day-list" onClick={(event) => {
              const id = (event.target as HTMLElement).closest<HTMLElement>("[data-record]")?.dataset["record"];
              const picked = told.items.find((one) => one.id === id);
              if (picked) { onClose(); onPick(picked); }
            }}>
              {told.items.map((record) => <li key={record.id}><Entry object={object} field={field} record={record} movable={false} /></li>)}
            </ul>
            {told.next && <p className="small quiet">{_("The first {n} are shown; filter the list to see the others.", { n: count(told.items.length) })}</p>}
          </>
        )}
      </Ask>
    </Modal>
  ); // prettier-ignore
};

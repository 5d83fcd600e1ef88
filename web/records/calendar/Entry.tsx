import { useEffect, useRef } from "react";
import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import type { Field } from "#records";
import { workspace, type DescribedObject } from "../../kit/boot.ts";
import { wallClock } from "../../kit/form/zoned.ts";
import { titleOf, valueIn, type Rec } from "../record.ts";

export interface EntryProps {
  object: DescribedObject;
  field: Field;
  record: Rec;
  movable: boolean;
}

/** A record on its day, with its time when it has one. */
export const Entry = ({ object, field, record, movable }: EntryProps) => {
  const element = useRef<HTMLButtonElement>(null);
  const { id } = record;
  useEffect(() => {
    if (!element.current || !movable) return;
    return draggable({ element: element.current, getInitialData: () => ({ record: id }) });
  }, [id, movable]);
  const value = valueIn(record, field.name);
  const time = field.type === "datetime" && typeof value === "string" ? wallClock(value, workspace().time_zone).slice(11) : "";
  return (
    <button ref={element} type="button" className="plain calendar-entry" data-record={id}>
      {time && <span className="quiet number">{time}</span>} <bdi className="clip">{titleOf(object, record)}</bdi>
    </button>
  );
}; // prettier-ignore

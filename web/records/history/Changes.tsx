import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { DescribedObject } from "../../kit/boot.ts";
import { dayOf } from "../../kit/format.ts";
import { sentenceOf } from "../../kit/problem.ts";
import type { Rec } from "../record.ts";
import { OneChange } from "./OneChange.tsx";
import { Then } from "./Then.tsx";
import { historyOf } from "./told.ts";
import "./history.css";

const AsOf = ({ object, record }: { object: DescribedObject; record: Rec }) => {
  const { _ } = useLingui();
  const [day, setDay] = useState("");
  const [today] = useState(() => dayOf(new Date()));
  return (
    <>
      <div className="line as-of">
        <TextInput
          type="date"
          label={_("As it was on")}
          value={day}
          max={today}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        {day !== "" && (
          <button type="button" className="plain link" onClick={() => setDay("")}>
            {_("Back to now")}
          </button>
        )}
      </div>
      {/^\d{4}-\d\d-\d\d$/.test(day) && <Then object={object} record={record} day={day} />}
    </>
  );
};

/** Who changed what on the record, newest first, each with its undo; and what the record was on another day. */
export const Changes = ({ plural, object, record }: { plural: string; object: DescribedObject; record: Rec }) => {
  const { _ } = useLingui();
  const history = useQuery({
    queryKey: ["history", record.id, record.version ?? 0],
    queryFn: ({ signal }) => historyOf(plural, record.id, signal),
  });
  if (history.isError)
    return (
      <div className="empty" role="alert">
        <p>{sentenceOf(history.error)}</p>
        <Button variant="default" onClick={() => void history.refetch()}>
          {_("Try again")}
        </Button>
      </div>
    );
  if (history.data?.items.length === 0) return <p className="empty">{_("Nobody has changed this record.")}</p>;
  return (
    <>
      <AsOf object={object} record={record} />
      <ol className="changes">
        {history.data?.items.map((set) => (
          <OneChange key={`${set.set_id}${set.action}`} set={set} object={object} record={record} />
        ))}
      </ol>
    </>
  );
};

import { useQuery } from "@tanstack/react-query";
import type { Here } from "../../../kit/here.ts";
import { objectOf } from "../../../kit/boot.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Changes } from "../../history/Changes.tsx";
import { recordsOf } from "../../record.ts";

/** Who changed what on the record whose page is open, each with its undo; the same for every object. */
export const HistoryPart = ({ here: { plural, record_id } }: { here: Here }) => {
  const object = objectOf(plural);
  const asked = useQuery({
    queryKey: [plural, "one", record_id],
    queryFn: ({ signal }) => recordsOf(plural).get(record_id, signal),
  });
  if (!object) return null;
  return (
    <div className="beside-history">
      <Ask asked={asked}>{(record) => <Changes plural={plural} object={object} record={record} />}</Ask>
    </div>
  );
};

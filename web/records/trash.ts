import { useQuery } from "@tanstack/react-query";
import type { TrashApi } from "#records";
import { client, offers } from "../kit/client.ts";
import { count, dayOf, date } from "../kit/format.ts";
import { objectOf } from "../kit/boot.ts";
import { say } from "../kit/i18n.ts";
import type { Rec } from "./record.ts";

/** The endpoints of the trash. */
export const trash = () => client<TrashApi>("trash");

// What holds a record and is no object with a name of its own.
const holders: Record<string, (n: string) => string> = {
  points: () => say("points of its loyalty account"),
  number: () => say("its number, which a customer has on paper"),
  merge: () => say("it was merged into another record"),
};

const dayMs = 86_400_000;

/** Until when each record stays: by the days of the trash, or as long as something needs it. */
export function useStays(plural: string, records: readonly Rec[]): (record: Rec) => string | undefined {
  const ids = records.map((record) => record.id);
  const { data } = useQuery({
    queryKey: [plural, "trash", "kept", ids],
    queryFn: async () => {
      const answers = await Promise.all(
        Array.from({ length: Math.max(1, Math.ceil(ids.length / 200)) }, (_none, i) =>
          trash().kept({ object: plural, ids: ids.slice(i * 200, i * 200 + 200).join(",") }),
        ),
      );
      return { keep_days: answers[0]!.keep_days, items: answers.flatMap((one) => one.items) };
    },
    enabled: offers("trash.kept"),
  });
  return (record) => {
    if (!data) return undefined;
    const held = data.items.filter((one) => one.id === record.id);
    if (held.length > 0) {
      const by = held.map((one) => {
        const object = objectOf(one.by);
        return object ? `${count(one.count)} ${say(one.count === 1 ? object.label : object.label_plural)}` : (holders[one.by]?.(String(one.count)) ?? one.by);
      });
      return say("stays, needed by: {what}", { what: by.join(", ") });
    }
    const since = new Date(String(record["deleted_at"] ?? record["updated_at"])).getTime();
    return say("stays until {day}", { day: date(dayOf(new Date(since + data.keep_days * dayMs))) });
  };
} // prettier-ignore

import { useQuery } from "@tanstack/react-query";
import { objectOf } from "../../../kit/boot.ts";
import { FactList } from "../../../records/FactList.tsx";
import { andOwn } from "../../../records/record.ts";
import type { Rec } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Clocks } from "./Clocks.tsx";
import { Conversation } from "./Conversation.tsx";
import { storyOf, type Case } from "./told.ts";

/** What a look at the side shows of a case: its clocks and what was said. */
export const CasePeek = ({ record }: { record: Rec }) => {
  const object = objectOf("cases");
  const story = useQuery({ queryKey: ["cases", record.id, "story"], queryFn: () => storyOf(record.id) });
  if (!object) return null;
  return (
    <div className="stack">
      <FactList object={object} record={record} only={andOwn(object, ["subject", "contact_id", "status", "priority", "owner_id", "product_id", "reason_id"])} />
      <Ask asked={story}>
        {(told) => (
          <>
            <Clocks story={told} />
            <Conversation found={record as Case} story={told} />
          </>
        )}
      </Ask>
    </div>
  ); // prettier-ignore
};

import { useQuery } from "@tanstack/react-query";
import { textOfValue } from "../../../kit/text.ts";
import { tags, type Tag } from "./told.ts";

// What is asked for within this time is one question, in milliseconds; a screen of rows is far below the 500 of one question.
const pause = 20;
const atOnce = 500;

interface Waiting {
  ids: Set<string>;
  answer: Promise<Record<string, Tag[]>>;
}
const waiting = new Map<string, Waiting>();

async function ask(object: string, ids: ReadonlySet<string>): Promise<Record<string, Tag[]>> {
  return (await tags().ofMany({ object, ids: [...ids] })).items as Record<string, Tag[]>;
}

/** The tags of one row, asked for together with those of the rows beside it. */
async function tagsOfRow(object: string, id: string): Promise<readonly Tag[]> {
  let now = waiting.get(object);
  if (!now || now.ids.size >= atOnce) {
    const ids = new Set<string>();
    const answer = new Promise((wake) => setTimeout(wake, pause)).then(() => {
      if (waiting.get(object)?.ids === ids) waiting.delete(object);
      return ask(object, ids);
    });
    now = { ids, answer };
    waiting.set(object, now);
  }
  now.ids.add(id);
  return (await now.answer)[id] ?? [];
}

/** The tags of a record, in a table. */
const TagsCell = ({ object, id }: { object: string; id: string }) => {
  const { data } = useQuery({
    queryKey: ["record-tags", "row", object, id],
    queryFn: () => tagsOfRow(object, id),
    staleTime: 30_000,
  });
  return (data ?? []).map((tag) => (
    <span key={tag.id} className="chip" data-tone={textOfValue(tag.tone)}><span className="dot" /><bdi>{tag.name}</bdi></span>
  )); // prettier-ignore
};
export default TagsCell;

import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../kit/boot.ts";
import { request } from "../kit/client.ts";
import { Page } from "../kit/Page.tsx";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { done } from "../kit/undo.ts";
import "./records.css";
import { recordsOf, titleOf, type ListAnswer, type Rec } from "./record.ts";

const page = 50; // records

const useTrashed = (plural: string) =>
  useInfiniteQuery({
    queryKey: [plural, "trash"],
    queryFn: ({ pageParam, signal }) =>
      request<ListAnswer>(`GET /${plural}`, { trash: true, sort: "-updated_at", limit: page, count: "none", ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  }); // prettier-ignore

/** Records of one object in the trash; each can be taken out again. */
export const TrashPage = ({ plural }: { plural: "products" | "segments" }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const object = objectOf(plural);
  const trashed = useTrashed(plural);
  if (!object) return null;
  const again = () => cache.invalidateQueries({ queryKey: [plural] });
  const restore = async (record: Rec): Promise<void> => {
    try {
      await recordsOf(plural).restore(record.id);
      await again();
      done(_("{name} is back", { name: titleOf(object, record) }), () => recordsOf(plural).trash(record.id).then(again)); // prettier-ignore
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const rows = trashed.data?.pages.flatMap((one) => one.items) ?? [];
  const back = (
    <Link className="link" to={`/${plural}`}>
      {_(object.label_plural)}
    </Link>
  );
  return (
    <Page title={_("Trash")} note={back} padded>
      {trashed.isError && <p role="alert">{sentenceOf(trashed.error)}</p>}
      {trashed.isSuccess && rows.length === 0 && <p className="empty">{_("The trash is empty.")}</p>}
      <ul className="trashed">
        {rows.map((record) => (
          <li key={record.id} className="line">
            <bdi className="fill clip">{titleOf(object, record)}</bdi>
            {may(`${plural}.delete`) && (
              <Button
                variant="default"
                aria-label={_("Restore {name}", { name: titleOf(object, record) })}
                onClick={() => void restore(record)}
              >
                {_("Restore")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {trashed.hasNextPage && (
        <Button variant="default" loading={trashed.isFetchingNextPage} onClick={() => void trashed.fetchNextPage()}>
          {_("Show more")}
        </Button>
      )}
    </Page>
  );
};

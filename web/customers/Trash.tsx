import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../kit/boot.ts";
import { instant } from "../kit/format.ts";
import { request } from "../kit/client.ts";
import { Page } from "../kit/Page.tsx";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { done } from "../kit/undo.ts";
import { recordsOf, titleOf, type ListAnswer, type Rec } from "../records/record.ts";
import type { Plural } from "./told.ts";
import { StageChip } from "./stages.tsx";
import { textIn } from "./values.ts";
import "./customers.css";

const page = 50; // records

const useTrashed = (plural: Plural) =>
  useInfiniteQuery({
    queryKey: [plural, "trash"],
    queryFn: ({ pageParam, signal }) =>
      request<ListAnswer>(
        `GET /${plural}`,
        { trash: true, sort: "-updated_at", limit: page, count: "none", ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });

/** What was moved to the trash, newest first; each can be taken out again. */
const Trash = ({ plural }: { plural: Plural }) => {
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
      done(_("{name} is back", { name: titleOf(object, record) }), () =>
        recordsOf(plural).trash(record.id).then(again),
      );
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
      {trashed.isError && (
        <div className="empty" role="alert">
          <p>{sentenceOf(trashed.error)}</p>
          <Button variant="default" onClick={() => void trashed.refetch()}>
            {_("Try again")}
          </Button>
        </div>
      )}
      {trashed.isSuccess && rows.length === 0 && (
        <div className="empty">
          <p>{_("The trash is empty. What you move here keeps its history and can be taken out again.")}</p>
          {back}
        </div>
      )}
      <ul className="trash">
        {rows.map((record) => (
          <li key={record.id} className="line">
            <bdi className="fill clip strong">{titleOf(object, record)}</bdi>
            <StageChip stage={textIn(record, "lifecycle_stage")} />
            <span className="quiet small number wide-only">
              {_("moved here {when}", { when: instant(String(record["deleted_at"] ?? record["updated_at"])) })}
            </span>
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

/** The trash of people. */
export const ContactsTrash = () => <Trash plural="contacts" />;

/** The trash of companies. */
export const AccountsTrash = () => <Trash plural="accounts" />;

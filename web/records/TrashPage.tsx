import { lazy, Suspense, useState, type ReactNode } from "react";
import { Button, Checkbox } from "@mantine/core";
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
import "./records.css";
import { restoreMany } from "./restoring.ts";
import { useStays } from "./trash.ts";
import { recordsOf, titleOf, type ListAnswer, type Rec } from "./record.ts";

const PurgeDialog = lazy(() => import("./PurgeDialog.tsx").then((m) => ({ default: m.PurgeDialog })));

const page = 50; // records

const useTrashed = (plural: string) =>
  useInfiniteQuery({
    queryKey: [plural, "trash"],
    queryFn: ({ pageParam, signal }) =>
      request<ListAnswer>(`GET /${plural.replaceAll("_", "-")}`, { trash: true, sort: "-updated_at", limit: page, count: "none", ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  }); // prettier-ignore

export interface TrashPageProps {
  plural:
    | `custom/${string}`
    | "contacts"
    | "accounts"
    | "products"
    | "segments"
    | "forms"
    | "opportunities"
    | "quotes"
    | "leads"
    | "tasks"
    | "campaigns"
    | "price_lists"
    | "plans"
    | "plays"
    | "promotions"
    | "surveys"
    | "themes"
    | "insights"
    | "improvements";
  /** Said beside the title of a record. */
  about?: (record: Rec) => ReactNode;
}

/** What was moved to the trash, newest first; each can be taken out again. */
export const TrashPage = ({ plural, about }: TrashPageProps) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const object = objectOf(plural);
  const trashed = useTrashed(plural);
  const rows = trashed.data?.pages.flatMap((one) => one.items) ?? [];
  const stays = useStays(plural, rows);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [purging, setPurging] = useState(false);
  if (!object) return null;
  const chosen = rows.filter((record) => picked.has(record.id)).map((record) => record.id);
  const mayRestore = may(`${plural}.delete`);
  const toggle = (id: string): void => setPicked((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id])); // prettier-ignore
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
  const started = async (): Promise<void> => {
    setPicked(new Set());
    tell(_("Deleting them for good: see Activity"));
    await cache.invalidateQueries({ queryKey: ["jobs"] });
    setTimeout(() => void again(), 2000);
  };
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
      {rows.length > 0 && mayRestore && (
        <div className="line trash-bar" role="group" aria-label={_("Selected")}>
          <Checkbox
            label={_("All shown here")}
            checked={chosen.length === rows.length}
            indeterminate={chosen.length > 0 && chosen.length < rows.length}
            onChange={() => setPicked(new Set(chosen.length === rows.length ? [] : rows.map((record) => record.id)))}
          />
          <Button
            variant="default"
            disabled={chosen.length === 0}
            onClick={() => void restoreMany(object, chosen, again).then(() => setPicked(new Set()))}
          >
            {_("Restore selected")}
          </Button>
          {may("trash.purge") && (
            <Button variant="default" disabled={chosen.length === 0} onClick={() => setPurging(true)}>
              {_("Delete for good…")}
            </Button>
          )}
        </div>
      )}
      {purging && (
        <Suspense fallback={null}>
          <PurgeDialog
            object={object.name}
            ids={chosen}
            onStarted={() => void started()}
            onClose={() => setPurging(false)}
          />
        </Suspense>
      )}
      <ul className="trashed">
        {rows.map((record) => (
          <li key={record.id} className="line">
            {mayRestore && (
              <Checkbox
                aria-label={_("Select {name}", { name: titleOf(object, record) })}
                checked={picked.has(record.id)}
                onChange={() => toggle(record.id)}
              />
            )}
            <bdi className="fill clip strong">{titleOf(object, record)}</bdi>
            {about?.(record)}
            <span className="quiet small number wide-only">
              {_("moved here {when}", { when: instant(String(record["deleted_at"] ?? record["updated_at"])) })}
            </span>
            <span className="quiet small stays">{stays(record)}</span>
            {mayRestore && (
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

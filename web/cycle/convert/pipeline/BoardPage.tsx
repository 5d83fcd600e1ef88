import { useState } from "react";
import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { boot, may, objectOf } from "../../../kit/boot.ts";
import { request } from "../../../kit/client.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { Ask } from "../../../settings/Ask.tsx";
import { BoardView } from "./BoardView.tsx";
import { opportunities, pipelines } from "./told.ts";
import { count, money } from "./words.ts";
import "./board.css";

export interface BoardSearch {
  pipeline?: string;
  owner?: string;
}

/** The two ways to see deals. */
export const Ways = ({ now }: { now: "board" | "table" }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  return (
    <SegmentedControl
      size="xs"
      value={now}
      aria-label={_("See deals as")}
      data={[{ value: "board", label: _("Board") }, { value: "table", label: _("Table") }]}
      onChange={(to) => void navigate({ to: to === "board" ? "/opportunities" : "/opportunities/table" })}
    />
  ); // prettier-ignore
};

const usePeople = () =>
  useQuery({
    queryKey: ["people", "all"],
    queryFn: ({ signal }) => request<{ items: readonly { id: string; name: string }[] }>("GET /people", { limit: 200 }, signal),
    staleTime: 300_000,
  }); // prettier-ignore

/** The deals of a pipeline by stage. */
export const BoardPage = () => {
  const { _ } = useLingui();
  const object = objectOf("opportunities");
  const search = useSearch({ strict: false }) as BoardSearch;
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const queryKey = ["opportunities", "board", search.pipeline ?? "", search.owner ?? ""];
  const asked = useQuery({
    queryKey,
    queryFn: () =>
      opportunities().board({
        ...(search.pipeline ? { pipeline_id: search.pipeline } : {}),
        ...(search.owner ? { owner_id: search.owner } : {}),
      }),
  });
  const lines = useQuery({ queryKey: ["pipelines", "told"], queryFn: () => pipelines().told({}) });
  const people = usePeople();
  const mayAdd = may("opportunities.create");
  useKeys(mayAdd ? [{ keys: "c", label: _("New opportunity"), group: _("This board"), run: () => setAdding(true) }] : []); // prettier-ignore
  if (!object) return null;
  const board = asked.data;
  const only = (change: BoardSearch): void =>
    void navigate({ to: "/opportunities", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, v]) => v)) }); // prettier-ignore
  const me = boot().me?.id;
  const others = (people.data?.items ?? []).filter((one) => one.id !== me);
  const all = lines.data?.items ?? [];
  const note = board && (
    <span className="number">
      {count(board.count)} · {money(board.total)}{" "}
      <span className="quiet wide-only">{_("weighted {weighted}", { weighted: money(Math.round(board.weighted)) })}</span>
    </span>
  ); // prettier-ignore
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{_("New opportunity")}</Button>
  ); // prettier-ignore
  return (
    <Page title={_(object.label_plural)} note={note} actions={add}>
      <div className="board-page">
        <div className="line board-bar">
          <Ways now="board" />
          {all.length > 1 && (
            <NativeSelect
              aria-label={_("Pipeline")}
              value={search.pipeline ?? board?.pipeline.id ?? ""}
              data={all.map((one) => ({ value: one.id, label: one.name }))}
              onChange={(event) => only({ pipeline: event.currentTarget.value })}
            />
          )}
          <NativeSelect
            aria-label={_("Owner")}
            value={search.owner ?? ""}
            data={[{ value: "", label: _("Everybody's") }, ...(me ? [{ value: me, label: _("Mine") }] : []), ...others.map((one) => ({ value: one.id, label: one.name }))]}
            onChange={(event) => only({ owner: event.currentTarget.value })}
          />
          <span className="fill" />
          {may("pipelines.update") && <Link className="link small" to="/settings/pipelines">{_("Stages")}</Link>}
        </div>
        <Ask asked={asked}>{(found) => <BoardView board={found} queryKey={queryKey} />}</Ask>
      </div>
      {adding && (
        <RecordForm
          object={object}
          given={{ ...(search.pipeline ? { pipeline_id: search.pipeline } : {}), ...(me ? { owner_id: me } : {}) }}
          onClose={() => setAdding(false)}
        />
      )}
    </Page>
  ); // prettier-ignore
};

import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { WorkspaceApi } from "#platform/auth";
import { client } from "../../kit/client.ts";
import { instant } from "../../kit/format.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { Settings } from "../Settings.tsx";
import { actWords, detailOf } from "./acts.ts";

const page = 50; // lines

/** Who changed people, keys and settings, newest first. */
export const AuditPage = () => {
  const { _ } = useLingui();
  const acts = useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam }) =>
      client<WorkspaceApi>("workspace").audit({ limit: page, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const lines = acts.data?.pages.flatMap((one) => one.items) ?? [];
  return (
    <Settings title={_("Audit")} lead={_("Changes to people, keys and settings. What happened to a customer is on their own timeline.")} wide>
      {acts.isError && (
        <div className="empty" role="alert">
          <p>{sentenceOf(acts.error)}</p>
          <Button variant="default" onClick={() => void acts.refetch()}>{_("Try again")}</Button>
        </div>
      )}
      <ul className="rows">
        {lines.map((line) => (
          <li key={line.id}>
            <span className="who fill">
              <strong>{_(actWords(line.act))}</strong>
              <bdi className="quiet small audit-detail">{detailOf(line.detail)}</bdi>
            </span>
            <bdi>{line.actor.name}</bdi>
            <time className="quiet small number" dateTime={line.at}>{instant(line.at)}</time>
          </li>
        ))}
      </ul>
      {acts.isSuccess && lines.length === 0 && <p className="quiet">{_("Nothing was changed yet.")}</p>}
      {acts.hasNextPage && (
        <Button mt={12} variant="default" loading={acts.isFetchingNextPage} onClick={() => void acts.fetchNextPage()}>{_("Show earlier")}</Button>
      )}
    </Settings>
  ); // prettier-ignore
};

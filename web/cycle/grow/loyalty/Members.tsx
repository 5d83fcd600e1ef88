import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useInfiniteQuery } from "@tanstack/react-query";
import { count } from "../../../kit/format.ts";
import { loyalty } from "./told.ts";

/** Members, those with the most points first; of one tier when named. */
export const Members = ({ tier }: { tier: string }) => {
  const { _ } = useLingui();
  const asked = useInfiniteQuery({
    queryKey: ["loyalty", "members", tier],
    queryFn: ({ pageParam }) =>
      loyalty().members({ limit: 25, ...(tier ? { tier } : {}), ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const members = asked.data?.pages.flatMap((page) => page.items) ?? [];
  if (!asked.data) return null;
  if (members.length === 0) return <p className="quiet">{_("Nobody yet.")}</p>;
  const columns = [_("Available"), _("Pending"), _("Owed"), _("Spent"), _("Expired")];
  return (
    <div className="worth-scroll">
      <table className="worth-table">
        <thead>
          <tr>
            <th scope="col">{_("Member")}</th>
            <th scope="col">{_("Tier")}</th>
            {columns.map((word) => <th key={word} scope="col" className="number">{word}</th>)}
          </tr>
        </thead>
        <tbody>
          {members.map((m) => (
            <tr key={m.id}>
              <th scope="row"><Link className="link" to="/members/$id" params={{ id: m.id }}><bdi>{m.name}</bdi></Link></th>
              <td><bdi>{m.tier ?? ""}</bdi></td>
              {[m.available, m.pending, -m.debt, m.redeemed, m.expired].map((n, i) => <td key={columns[i]} className="number">{count(n)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      {asked.hasNextPage && <Button variant="default" onClick={() => void asked.fetchNextPage()}>{_("Show more")}</Button>}
    </div>
  ); // prettier-ignore
};

import { Button, Drawer } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { instant, money } from "../../../kit/format.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { campaigns, mail, type Mail } from "./told.ts";

/** Which number of a report was asked about. */
export type Asking =
  | { kind: "sends"; state?: string; code?: string; did?: string }
  | { kind: "orders"; touch: "first" | "last" };

const Sends = ({ id, asking }: { id: string; asking: Extract<Asking, { kind: "sends" }> }) => {
  const { _ } = useLingui();
  const { kind: _kind, ...which } = asking;
  const asked = useInfiniteQuery({
    queryKey: ["mails", id, which],
    queryFn: async ({ pageParam }) =>
      (await mail().sends({ source: "campaign", source_id: id, limit: 50, ...(which as Record<string, never>), ...(pageParam ? { cursor: pageParam } : {}) })) as unknown as { items: Mail[]; next: string | null },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  if (asked.isError) return <p className="note" data-tone="red" role="alert">{sentenceOf(asked.error)}</p>; // prettier-ignore
  if (!asked.data) return <p className="unseen" role="status">{_("On its way")}</p>; // prettier-ignore
  return (
    <>
      <ul>
        {asked.data.pages.flatMap((page) => page.items).map((one) => (
          <li key={one.id} className="campaign-behind">
            {one.contact_id && <Link className="link clip" to="/contacts/$id" params={{ id: one.contact_id }}><bdi>{one.contact_name}</bdi></Link>}
            <span className="quiet small">{one.reason ?? (one.sent_at ? instant(one.sent_at) : "")}</span>
          </li>
        ))}
      </ul>
      {asked.hasNextPage && <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>{_("More")}</Button>}
    </>
  );
}; // prettier-ignore

const Orders = ({ id, touch, days }: { id: string; touch: "first" | "last"; days: number }) => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["campaigns", id, "orders", touch, days], queryFn: () => campaigns().orders({ id, touch, days }) });
  if (asked.isError) return <p className="note" data-tone="red" role="alert">{sentenceOf(asked.error)}</p>; // prettier-ignore
  return (
    <ul>
      {asked.data?.items.map((one) => (
        <li key={one.order_id} className="campaign-behind">
          <Link className="link clip" to="/contacts/$id" params={{ id: one.contact_id }}><bdi>{one.contact_name}</bdi></Link>
          <span className="number"><Link className="link" to="/orders/$id" params={{ id: one.order_id }}>{one.number}</Link> · {money(one.amount)}</span>
          <span className="quiet small">{_("clicked {touched}, paid {paid}", { touched: instant(String(one.touched_at)), paid: instant(String(one.paid_at)) })}</span>
        </li>
      ))}
    </ul>
  );
}; // prettier-ignore

/** The people, or the orders, behind a number of a report. */
export const Behind = ({
  id,
  title,
  asking,
  days,
  onClose,
}: {
  id: string;
  title: string;
  asking: Asking;
  days: number;
  onClose: () => void;
}) => {
  const { _ } = useLingui();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={420}
      title={title}
      closeButtonProps={{ "aria-label": _("Close") }}
    >
      {asking.kind === "sends" ? (
        <Sends id={id} asking={asking} />
      ) : (
        <Orders id={id} touch={asking.touch} days={days} />
      )}
    </Drawer>
  );
};

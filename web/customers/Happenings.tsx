import type { ReactNode } from "react";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button } from "@mantine/core";
import type { Tone } from "#records";
import { sentenceOf } from "../kit/problem.ts";
import { Timeline, type Happened } from "../kit/timeline/Timeline.tsx";
import { recordsOf, type Rec } from "../records/record.ts";
import { faceOf, namesOf, type Kind } from "../timeline/faces.ts";
import { recordPath } from "../timeline/record.ts";
import { stageWord } from "./stages.tsx";
import { customersOf, type Plural, type TimelineFact } from "./told.ts";
import { textIn } from "./values.ts";
import { Why } from "./Why.tsx";

// What a customer's timeline is filtered by, in a person's words.
const kinds: readonly { key: Kind; label: string }[] = [
  { key: "conversations", label: "Conversations" },
  { key: "orders", label: "Orders" },
  { key: "cases", label: "Cases" },
  { key: "campaigns", label: "Campaigns" },
  { key: "feedback", label: "Feedback" },
  { key: "lifecycle", label: "Lifecycle" },
  { key: "details", label: "Details" },
];
const page = 50; // facts

const toneOf = (fact: TimelineFact): Tone =>
  fact.name === "customer.stage-changed" || fact.name === "customer.moved-by-hand"
    ? stageWord(textIn({ id: "", ...fact.payload }, "to")).tone
    : faceOf(fact.name).tone;

// An account's timeline tells of all its people, so each fact says whose it is.
const useNames = (plural: Plural, record: Rec) => {
  const people = useQuery({
    queryKey: ["contacts", "names", record.id],
    queryFn: () =>
      recordsOf("contacts").list({ filter: { field: "account_id", op: "is", value: record.id }, limit: 200 }),
    enabled: plural === "accounts",
  });
  const names = new Map(people.data?.items.map((one) => [one.id, textIn(one, "name")]));
  return (contact: string | null): string => (plural === "accounts" && contact ? (names.get(contact) ?? "") : "");
};

/** What a fact followed from, leading to its record. */
const Cause = ({ cause, contact }: { cause: NonNullable<TimelineFact["caused_by"]>; contact: string | null }) => {
  const { _ } = useLingui();
  const to = recordPath(cause.name, cause.payload, contact);
  return (
    <>
      {_("Because of:")} {to ? <Link className="link" to={to}><bdi>{cause.sentence}</bdi></Link> : <bdi>{cause.sentence}</bdi>}
    </>
  ); // prettier-ignore
};

/** What is said quietly below a fact: what caused it, and who did it when it was a person. */
const useDetail = (plural: Plural, record: Rec) => {
  const { _ } = useLingui();
  const nameOf = useNames(plural, record);
  return (fact: TimelineFact): ReactNode => {
    const name = nameOf(fact.contact_id);
    const cause = fact.why ? null : fact.caused_by;
    const by = fact.actor.kind === "user" || fact.actor.kind === "key" ? _("by {name}", { name: fact.actor.name }) : "";
    const parts = [
      name && <bdi key="name">{name}</bdi>,
      cause && <Cause key="cause" cause={cause} contact={fact.contact_id} />,
      by && <bdi key="by">{by}</bdi>,
    ].filter(Boolean);
    return parts.length === 0 ? undefined : parts.flatMap((part, i) => (i === 0 ? [part] : [" · ", part]));
  };
};

/** Everything that happened to a customer, newest on top; each move in the lifecycle says why. */
export const Happenings = ({ plural, record, kind, onKind }: { plural: Plural; record: Rec; kind: Kind | undefined; onKind: (kind: string | undefined) => void }) => {
  const { _ } = useLingui();
  const detail = useDetail(plural, record);
  const pages = useInfiniteQuery({
    queryKey: ["timeline", record.id, "page", kind ?? ""],
    queryFn: ({ pageParam, signal }) => customersOf(plural).timeline(record.id, { limit: page, names: kind && namesOf(kind).join(","), ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const counts = useQuery({ queryKey: ["timeline", record.id, "counts"], queryFn: ({ signal }) => customersOf(plural).counts(record.id, signal) });
  const shown = kinds
    .map((one) => ({ ...one, n: namesOf(one.key).reduce((sum, name) => sum + (counts.data?.[name] ?? 0), 0) }))
    .filter((one) => one.n > 0 || one.key === kind);
  const facts = pages.data?.pages.flatMap((one) => one.items) ?? [];
  const orders = new Map(facts.flatMap((fact) => (typeof fact.payload["order_id"] === "string" ? [[fact.id, fact.payload["order_id"]] as const] : [])));
  const items = facts.map((fact): Happened => ({
    id: fact.id,
    name: fact.name,
    occurred_at: fact.occurred_at,
    sentence: fact.sentence,
    tone: toneOf(fact),
    to: recordPath(fact.name, fact.payload, fact.contact_id),
    detail: detail(fact),
    ...(fact.why ? { why: <Why why={fact.why} at={fact.occurred_at} orderOf={(id) => orders.get(id)} /> } : {}),
  }));
  if (pages.isError && !pages.data)
    return (
      <div className="empty" role="alert">
        <p>{sentenceOf(pages.error)}</p>
        <Button variant="default" onClick={() => void pages.refetch()}>{_("Try again")}</Button>
      </div>
    );
  return (
    <Timeline
      items={items}
      kinds={shown}
      kind={kind}
      onKind={onKind}
      busy={pages.isFetching}
      {...(pages.hasNextPage ? { more: () => void pages.fetchNextPage() } : {})}
      empty={kind ? <p>{_("Nothing of this kind happened.")}</p> : <p>{_("Nothing has happened yet. Orders, mails and moves will stand here.")}</p>}
    />
  );
}; // prettier-ignore

import { useLingui } from "@lingui/react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button } from "@mantine/core";
import type { Tone } from "#records";
import { sentenceOf } from "../kit/problem.ts";
import { Timeline, type Happened } from "../kit/timeline/Timeline.tsx";
import { recordsOf, type Rec } from "../records/record.ts";
import { faceOf } from "../timeline/faces.ts";
import { stageWord } from "./stages.tsx";
import { customersOf, type Plural, type TimelineFact } from "./told.ts";
import { textIn } from "./values.ts";
import { Why } from "./Why.tsx";

// The stages of the cycle are what a customer's timeline is filtered by.
const kinds = [
  { key: "attract", label: "Attract" },
  { key: "convert", label: "Convert" },
  { key: "deliver", label: "Deliver" },
  { key: "engage", label: "Engage" },
  { key: "grow", label: "Grow" },
  { key: "learn", label: "Learn" },
] as const;
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

/** What is said quietly below a fact: what caused it, and who did it when it was a person. */
const useDetail = (plural: Plural, record: Rec) => {
  const { _ } = useLingui();
  const nameOf = useNames(plural, record);
  return (fact: TimelineFact): string | undefined => {
    const parts = [
      nameOf(fact.contact_id),
      fact.caused_by && !fact.why ? _("Because of: {sentence}", { sentence: fact.caused_by.sentence }) : "",
      fact.actor.kind === "user" || fact.actor.kind === "key" ? _("by {name}", { name: fact.actor.name }) : "",
    ].filter(Boolean);
    return parts.length > 0 ? parts.join(" · ") : undefined;
  };
};

/** Everything that happened to a customer, newest on top; each move in the lifecycle says why. */
export const Happenings = ({ plural, record, stage, onStage }: { plural: Plural; record: Rec; stage: string | undefined; onStage: (stage: string | undefined) => void }) => {
  const { _ } = useLingui();
  const detail = useDetail(plural, record);
  const pages = useInfiniteQuery({
    queryKey: ["timeline", record.id, "page", stage ?? ""],
    queryFn: ({ pageParam, signal }) => customersOf(plural).timeline(record.id, { limit: page, stage, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const facts = pages.data?.pages.flatMap((one) => one.items) ?? [];
  const orders = new Map(facts.flatMap((fact) => (typeof fact.payload["order_id"] === "string" ? [[fact.id, fact.payload["order_id"]] as const] : [])));
  const items = facts.map((fact): Happened => ({
    id: fact.id,
    name: fact.name,
    occurred_at: fact.occurred_at,
    sentence: fact.sentence,
    tone: toneOf(fact),
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
      kinds={kinds}
      kind={stage}
      onKind={onStage}
      busy={pages.isFetching}
      {...(pages.hasNextPage ? { more: () => void pages.fetchNextPage() } : {})}
      empty={stage ? <p>{_("Nothing of this kind happened.")}</p> : <p>{_("Nothing has happened yet. Orders, mails and moves will stand here.")}</p>}
    />
  );
}; // prettier-ignore

import { useState } from "react";
import { Button, Checkbox } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useInfiniteQuery } from "@tanstack/react-query";
import { shortDay } from "../../../customers/days.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { surveys, toneOf, type AnswerTold } from "./told.ts";

const Answer = ({ one }: { one: AnswerTold }) => {
  const { _ } = useLingui();
  return (
    <li className="survey-answer">
      <span className="line" data-tone={toneOf(one.kind, one.score)}>
        <span className="dot" /> <strong className="number">{one.score}</strong>
      </span>
      <div>
        <p className="line">
          <Link className="link clip" to="/contacts/$id" params={{ id: one.contact_id }}><bdi>{one.contact}</bdi></Link>
          <span className="quiet small">{shortDay(String(one.at))}</span>
          {one.case_id && <Link className="link small" to="/cases/$id" params={{ id: one.case_id }}>{_("Case {number}", { number: one.case_number ?? "" })}</Link>}
        </p>
        {one.comment && <p dir="auto" className="survey-comment">{one.comment}</p>}
      </div>
    </li>
  ); // prettier-ignore
};

interface Props {
  id: string;
  kind: "nps" | "csat";
  segment: string | undefined;
  score: number | undefined;
}

/** The answers with who gave them, newest first; of one score, or with words only, when so chosen. */
export const AnswersOf = ({ id, kind, segment, score }: Props) => {
  const { _ } = useLingui();
  const [commented, setCommented] = useState(false);
  const which = { ...(score === undefined ? {} : { least: score, most: score }), ...(segment ? { segment_id: segment } : {}), commented }; // prettier-ignore
  const asked = useInfiniteQuery({
    queryKey: ["surveys", id, "answers", kind, which],
    queryFn: ({ pageParam }) => surveys().answers({ id, ...which, limit: 30, ...(pageParam ? { cursor: pageParam } : {}) } as never), // prettier-ignore
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const answers = asked.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={_("Answers")}>
      <div className="line survey-answers-head">
        <h2 className="part-title fill">{score === undefined ? _("Answers") : _("Answers of {score}", { score })}</h2>
        <Checkbox label={_("With words only")} checked={commented} onChange={(event) => setCommented(event.currentTarget.checked)} />
      </div>
      {asked.isError && <p className="note" data-tone="red" role="alert">{sentenceOf(asked.error)}</p>}
      {asked.data && answers.length === 0 && <p className="quiet">{_("No answers here yet.")}</p>}
      <ul>{answers.map((one) => <Answer key={one.id} one={one} />)}</ul>
      {asked.hasNextPage && <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>{_("Show earlier")}</Button>}
    </section>
  ); // prettier-ignore
};

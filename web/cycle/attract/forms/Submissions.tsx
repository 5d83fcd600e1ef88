import { useState } from "react";
import { Button, SegmentedControl } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { count } from "../../../kit/format.ts";
import { askAgain, useLive } from "../../../kit/live.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { shortDay } from "../../../customers/days.ts";
import { forms, type Submission } from "./told.ts";

type Verdict = "accepted" | "spam";

const cameFrom = (one: Submission): string =>
  [one.utm_source, one.utm_medium, one.utm_campaign].filter(Boolean).join(" · ") || (one.referrer ?? "");

const Sent = ({ one, onNotSpam }: { one: Submission; onNotSpam: () => void }) => {
  const { _ } = useLingui();
  const from = cameFrom(one);
  return (
    <li className="form-sent">
      <div className="line">
        {one.contact ? <Link className="link clip" to="/contacts/$id" params={{ id: one.contact.id }}><bdi>{one.contact.title}</bdi></Link> : <span className="clip"><bdi>{one.answers[0]?.value ?? _("Nothing filled in")}</bdi></span>}
        {one.verdict === "spam" && <span className="chip" data-tone="amber"><span className="dot" />{_("Spam: {why}", { why: _(one.why ?? "") })}</span>}
        {one.consents.length > 0 && one.verdict === "accepted" && <span className="quiet small">{one.confirmed_at ? _("consent confirmed") : _("consent ticked")}</span>}
        <span className="fill" />
        <span className="quiet small number">{shortDay(one.submitted_at)}</span>
        {one.verdict === "spam" && may("forms.update") && <Button size="xs" variant="default" onClick={onNotSpam}>{_("Not spam")}</Button>}
      </div>
      <p className="small">{one.answers.map((a) => <span key={a.key}><span className="quiet">{/[?:.!]$/.test(a.label) ? a.label : `${a.label}:`} </span><bdi>{a.value}</bdi> </span>)}</p>
      {from && <p className="quiet small clip">{_("from {where}", { where: from })}</p>}
    </li>
  );
}; // prettier-ignore

/** What was sent with a form, newest first; what is taken for spam apart, with the way out of it. */
export const Submissions = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [verdict, setVerdict] = useState<Verdict>("accepted");
  const again = () => cache.invalidateQueries({ queryKey: ["forms"] });
  useLive("fact", ({ name }) => name === "form.submitted" && askAgain(cache, ["forms"]));
  const asked = useInfiniteQuery({
    queryKey: ["forms", id, "submissions", verdict],
    queryFn: ({ pageParam }) => forms().submissions({ id, verdict, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const notSpam = async (one: Submission): Promise<void> => {
    try {
      await forms().notSpam({ id: one.id });
      tell(_("It counts from now on"));
      await again();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  if (asked.isError) return <p className="note" data-tone="red" role="alert">{sentenceOf(asked.error)}</p>;
  const first = asked.data?.pages[0];
  if (!first) return <p className="quiet" role="status">{_("On its way")}</p>;
  const items = (asked.data?.pages ?? []).flatMap((page) => page.items) as unknown as Submission[];
  return (
    <section aria-label={_("Submissions")}>
      <div className="line">
        <SegmentedControl value={verdict} onChange={(next) => setVerdict(next === "spam" ? "spam" : "accepted")}
          data={[{ value: "accepted", label: _("Submissions {n}", { n: count(first.counts.accepted) }) }, { value: "spam", label: _("Spam {n}", { n: count(first.counts.spam) }) }]} />
        <span className="quiet small number">{_("{n, plural, one {# consent} other {# consents}} confirmed by mail", { n: first.counts.confirmed })}</span>
      </div>
      {items.length === 0 && <p className="quiet empty">{verdict === "spam" ? _("Nothing was taken for spam.") : _("Nobody has sent it yet. Share its address, or put it on your page.")}</p>}
      <ul>{items.map((one) => <Sent key={one.id} one={one} onNotSpam={() => void notSpam(one)} />)}</ul>
      {asked.hasNextPage && <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>{_("Earlier ones")}</Button>}
    </section>
  );
}; // prettier-ignore

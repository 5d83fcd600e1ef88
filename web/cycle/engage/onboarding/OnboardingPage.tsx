import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { useKeys } from "../../../kit/keys.ts";
import { tell } from "../../../kit/notes.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { daysBetween, daysSince } from "../../../customers/days.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { About } from "./About.tsx";
import { StepCard, type Asked } from "./StepCard.tsx";
import { EndDialog, StepDialog } from "./StepDialogs.tsx";
import { onboardings, toneOf, useAgain, useOnboardingsLive, type StepShown, type Told } from "./told.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "../../../customers/customers.css";
import "./onboarding.css";

const useAct = () => {
  const again = useAgain();
  return async (act: () => Promise<unknown>, sentence: string, undo?: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
      await again();
      if (undo) done(sentence, () => undo().then(again));
      else tell(sentence);
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
};

const Steps = ({ told }: { told: Told }) => {
  const { _ } = useLingui();
  const act = useAct();
  const [asking, setAsking] = useState<{ step: StepShown; asked: Asked }>();
  const { id } = told;
  const say = (step: StepShown, what: "begin" | "done" | "reopen"): void => {
    const back = () => onboardings().step({ id, key: step.key, act: "reopen" });
    const sentence = { begin: _("{what} has begun", { what: step.title }), done: _("{what} is done", { what: step.title }), reopen: _("{what} is open again", { what: step.title }) }[what];
    void act(() => onboardings().step({ id, key: step.key, act: what }), sentence, what === "reopen" ? undefined : back);
  };
  const sides = [["us", _("What we do")], ["customer", _("What the customer does")]] as const;
  return (
    <div className="onboarding-sides">
      {sides.map(([owner, label]) => {
        const steps = told.steps.filter((step) => step.owner === owner);
        return (
          <section key={owner} aria-label={label}>
            <h2 className="part-title">{label}</h2>
            {steps.length === 0 && <p className="quiet">{_("Nothing.")}</p>}
            <ol className="stack">
              {steps.map((step) => <StepCard key={step.key} step={step} told={told} onAct={(what) => say(step, what)} onAsk={(asked) => setAsking({ step, asked })} />)}
            </ol>
          </section>
        );
      })}
      {asking && <StepDialog told={told} step={asking.step} asked={asking.asked} onClose={() => setAsking(undefined)} />}
    </div>
  );
}; // prettier-ignore

const Stand = ({ told }: { told: Told }) => {
  const { _ } = useLingui();
  const field = objectOf("onboardings")?.fields.find((one) => one.name === "status");
  const label = field?.choices?.find((choice) => choice.value === told.status)?.label ?? told.status;
  const until = told.completed_at ?? told.ended_at;
  const days = until ? daysBetween(told.started_at, until) : daysSince(told.started_at);
  return (
    <div className="onboarding-stand" data-tone={toneOf[told.status]}>
      <progress max={100} value={told.percent} aria-label={_("Done")} />
      <span className="line"><span className="dot" /> {_(label)}</span>
      <span>{_("{n} % done", { n: told.percent })}</span>
      <span className="quiet">{_("{n, plural, =0 {less than a day} one {# day} other {# days}}", { n: days })}</span>
      {told.value_at && <span className="quiet">{_("first value after {n, plural, =0 {less than a day} one {# day} other {# days}}", { n: daysBetween(told.started_at, told.value_at) })}</span>}
      {told.end_reason && <span className="quiet"><bdi>{told.end_reason}</bdi></span>}
    </div>
  ); // prettier-ignore
};

const Acts = ({ told }: { told: Told }) => {
  const { _ } = useLingui();
  const act = useAct();
  const [ending, setEnding] = useState(false);
  const { id } = told;
  const unfinished = told.status === "running" || told.status === "stalled";
  const mail = async (): Promise<void> => {
    try {
      const { held } = await onboardings().invite({ id });
      tell(held === null ? _("The link is on its way") : _("Not mailed: {why}", { why: held }), held === null ? {} : { tone: "bad" });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  useKeys(unfinished ? [{ keys: "x", label: _("End…"), group: _("This onboarding"), run: () => setEnding(true) }] : []);
  return (
    <>
      {unfinished && told.contact && <Button variant="default" onClick={() => void mail()}>{_("Mail the link")}</Button>}
      {unfinished && <Button variant="default" onClick={() => setEnding(true)}>{_("End…")}</Button>}
      {told.status === "ended" && <Button onClick={() => void act(() => onboardings().resume({ id }), _("The onboarding goes on"), () => onboardings().end({ id, reason: told.end_reason ?? _("Ended") }))}>{_("Take up again")}</Button>}
      {ending && <EndDialog told={told} onClose={() => setEnding(false)} />}
    </>
  );
}; // prettier-ignore

/** One onboarding: how far it is, our steps and the customer's beside each other, what shows them to be done. */
export const OnboardingPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  useOnboardingsLive();
  const asked = useQuery({ queryKey: ["onboardings", id, "told"], queryFn: async (): Promise<Told> => (await onboardings().told({ id })) as unknown as Told });
  const told = asked.data;
  const who = told?.contact?.name ?? told?.account?.name ?? "";
  return (
    <Page title={told ? `${who} · ${told.plan}` : _("Onboarding")} note={<Link to="/onboardings" className="link">{_("Onboardings")}</Link>} actions={told && may("onboardings.update") && <Acts told={told} />}>
      {told && <Chain noun="onboarding" id={id} of={{ contact_id: told.contact?.id, account_id: told.account?.id }} />}
      <Ask asked={asked}>
        {(found) => (
          <div className="onboarding">
            <div className="stack onboarding-main">
              <Stand told={found} />
              <Steps told={found} />
            </div>
            <About told={found} />
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore

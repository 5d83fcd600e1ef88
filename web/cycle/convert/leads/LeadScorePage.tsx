import { useState } from "react";
import { ActionIcon, Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { ScoreRule, ScoreRules } from "#convert/leads";
import { may, objectOf } from "../../../kit/boot.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { Icon } from "../../../kit/Icon.tsx";
import { shortDay } from "../../../customers/days.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Settings } from "../../../settings/Settings.tsx";
import { sentence } from "../../../records/filter/words.ts";
import { ScoreEffect } from "./ScoreEffect.tsx";
import { ScoreRuleForm } from "./ScoreRuleForm.tsx";
import { leadScore } from "./told.ts";
import "../../../settings/lifecycle/lifecycle.css";
import "./leads.css";

const fresh: ScoreRule = {
  key: "",
  label: "",
  group: "interest",
  points: 10,
  when: { fact: "page.visited", times: { op: "at_least", n: 1 }, within: { last: { n: 7, unit: "day" } } },
};

type Told = Awaited<ReturnType<ReturnType<typeof leadScore>["get"]>>;

const Row = ({
  rule,
  wrong,
  acts,
}: {
  rule: ScoreRule;
  wrong: string | undefined;
  acts: { edit: () => void; remove: () => void } | undefined;
}) => {
  const { _ } = useLingui();
  const contact = objectOf("contact");
  return (
    <div className="line">
      <span className="number score-points">{rule.points > 0 ? `+${rule.points}` : `−${Math.abs(rule.points)}`}</span>
      <div className="fill">
        <p><strong>{rule.label}</strong> <span className="quiet small">{rule.group === "fit" ? _("fit") : _("interest")}</span></p>
        <p className="quiet small">{contact && sentence(contact, rule.when)}</p>
        {wrong && <p className="small rule-wrong" role="alert">{wrong}</p>}
      </div>
      {acts && (
        <>
          <ActionIcon aria-label={_("Edit {rule}", { rule: rule.label })} onClick={acts.edit}><Icon name="edit" /></ActionIcon>
          <ActionIcon aria-label={_("Remove {rule}", { rule: rule.label })} onClick={acts.remove}><Icon name="trash" /></ActionIcon>
        </>
      )}
    </div>
  ); // prettier-ignore
};

const Rules = ({ told }: { told: Told }) => {
  const { _ } = useLingui();
  const former: ScoreRules = { rules: told.rules, caps: told.caps, hot_from: told.hot_from };
  const [draft, setDraft] = useState<ScoreRules>(former);
  const [open, setOpen] = useState<number>();
  const [wrong, setWrong] = useState<ReadonlyMap<number, string>>(new Map());
  const mayEdit = may("leads.settings");
  const put = (rules: readonly ScoreRule[]): void => setDraft({ ...draft, rules });
  const changed = JSON.stringify(draft) !== JSON.stringify(former);
  const form = (rule: ScoreRule, at: number) => (
    <ScoreRuleForm
      rule={rule}
      fresh={at === draft.rules.length}
      taken={new Set(draft.rules.map((one) => one.key))}
      onCancel={() => setOpen(undefined)}
      onDone={(next) => {
        put(at === draft.rules.length ? [...draft.rules, next] : draft.rules.with(at, next));
        setOpen(undefined);
      }}
    />
  );
  return (
    <div className="stack">
      {changed && <ScoreEffect draft={draft} former={former} version={told.version} onWrong={setWrong} onDiscard={() => setDraft(former)} onApplied={() => setOpen(undefined)} />}
      <div className="lead-row">
        <FigureInput label={_("Hot from")} whole disabled={!mayEdit} value={draft.hot_from} onChange={(n) => n && n > 0 && setDraft({ ...draft, hot_from: n })} />
        <FigureInput label={_("Fit counts up to")} whole disabled={!mayEdit} value={draft.caps.fit} onChange={(n) => n !== null && n >= 0 && setDraft({ ...draft, caps: { ...draft.caps, fit: n } })} />
        <FigureInput label={_("Interest counts up to")} whole disabled={!mayEdit} value={draft.caps.interest} onChange={(n) => n !== null && n >= 0 && setDraft({ ...draft, caps: { ...draft.caps, interest: n } })} />
      </div>
      <ul className="score-rules">
        {draft.rules.map((rule, at) => (
          <li key={rule.key} className="score-rule">
            {open === at ? form(rule, at) : <Row rule={rule} wrong={wrong.get(at)} acts={mayEdit ? { edit: () => setOpen(at), remove: () => put(draft.rules.toSpliced(at, 1)) } : undefined} />}
          </li>
        ))}
        {open === draft.rules.length && <li className="score-rule">{form(fresh, draft.rules.length)}</li>}
      </ul>
      {mayEdit && open !== draft.rules.length && <div className="line"><Button variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => setOpen(draft.rules.length)}>{_("New rule")}</Button></div>}
      <section aria-label={_("Versions")}>
        <h2 className="part-title">{_("Versions")}</h2>
        <ul className="small">
          {told.versions.map((one) => (
            <li key={one.version} className="line">
              <span className="number">{one.version}</span>
              <span className="fill clip">{one.note || <span className="quiet">{_("{n, plural, one {# rule} other {# rules}}", { n: one.rules })}</span>}</span>
              <span className="quiet">{one.actor_name} · {shortDay(String(one.at))}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  ); // prettier-ignore
};

/** The rules that score leads: points with their reason, caps, and what a change would do before it is applied. */
export const LeadScorePage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["lead-score"], queryFn: () => leadScore().get({}) });
  const lead = _(
    "A rule counts while it holds, so a score falls again when time passes. Each lead shows its reasons; nothing is applied before you have seen what it changes.",
  );
  return (
    <Settings title={_("Lead score")} lead={lead} wide>
      <Ask asked={asked}>{(told) => <Rules key={told.version} told={told} />}</Ask>
    </Settings>
  );
};

import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { LoyaltyTold } from "#grow/loyalty";
import { may } from "../../../kit/boot.ts";
import { count, money } from "../../../kit/format.ts";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { done } from "../../../kit/undo.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Members } from "./Members.tsx";
import { Movements } from "./Movements.tsx";
import { Rules } from "./Rules.tsx";
import { RulesForm, type ProgramDraft } from "./RulesForm.tsx";
import { loyalty } from "./told.ts";
import "../worth/worth.css";
import "./loyalty.css";

const Figures = ({ told }: { told: LoyaltyTold }) => {
  const { _ } = useLingui();
  const figures = [
    [_("Liability"), money(told.liability), _("what available points are worth, less what nobody will spend")],
    [_("Available"), count(told.sums.available), _("points that can be spent now")],
    [_("Pending"), count(told.sums.pending), _("until goods can no longer come back")],
    [_("Owed by members"), count(Math.abs(told.sums.debt)), _("repaid by the next points")],
    [_("Spent"), count(told.sums.redeemed), _("points for vouchers")],
    [_("Expired"), count(told.sums.expired), _("points that were never spent")],
  ];
  return (
    <dl className="loyalty-figures">
      {figures.map(([label, value, said]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="number">{value}</dd>
          <dd className="quiet small">{said}</dd>
        </div>
      ))}
    </dl>
  );
};

const Running = ({ told }: { told: LoyaltyTold }) => {
  const { _ } = useLingui();
  const [tier, setTier] = useState("");
  return (
    <div className="worth-page">
      <Figures told={told} />
      <section aria-label={_("Members")}>
        <h2 className="part-title">{_("{n, plural, one {# member} other {# members}}", { n: told.sums.members })}</h2>
        <div className="line loyalty-tiers" role="group" aria-label={_("Tiers")}>
          <Button variant={tier === "" ? "filled" : "default"} aria-pressed={tier === ""} onClick={() => setTier("")}>{_("All")}</Button>
          {told.tiers.map((t) => (
            <Button key={t.tier} variant={tier === t.tier ? "filled" : "default"} aria-pressed={tier === t.tier} onClick={() => setTier(t.tier)}>
              {_("{tier} · {n}", { tier: t.tier, n: count(t.members) })}
            </Button>
          ))}
        </div>
        <Members tier={tier} />
      </section>
      <section aria-label={_("Recent movements")}>
        <h2 className="part-title">{_("Recent movements")}</h2>
        <Movements movements={told.movements} named />
      </section>
      <Rules versions={told.versions} />
    </div>
  );
}; // prettier-ignore

/** The loyalty programme: what it promises, what is owed for it, and who its members are. */
export const LoyaltyPage = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [draft, setDraft] = useState<ProgramDraft>();
  // What the draft was begun from: what others change since is not gone over unseen.
  const [seen, setSeen] = useState<typeof told>();
  const asked = useQuery({ queryKey: ["loyalty"], queryFn: () => loyalty().told({}) });
  const told = asked.data;
  const again = (now: LoyaltyTold): void => void cache.setQueryData(["loyalty"], now);
  const open = async (): Promise<void> => {
    try {
      setSeen(told);
      if (told?.program && told.rules) setDraft({ name: told.program.name, rules: told.rules });
      else setDraft({ name: _("Points"), rules: (await loyalty().usual({})).rules });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const save = async ({ name, rules }: ProgramDraft): Promise<void> => {
    const before = seen?.program;
    if (!before || !seen.rules) {
      const { zone } = await loyalty().usual({});
      again(await loyalty().start({ name, zone, rules }));
      return void tell(_("{name} has begun: orders paid from now on earn points", { name }));
    }
    const saved = await loyalty().change({ version: before.version, name, rules });
    again(saved);
    const old = seen.rules;
    done(_("Rules saved as version {version}", { version: saved.rules?.version ?? 0 }), async () =>
      again(await loyalty().change({ version: saved.program?.version ?? 0, name: before.name, rules: old })),
    );
  };
  const pause = async (): Promise<void> => {
    if (!told?.program || !told.rules) return;
    const { active, version } = told.program;
    const turn = async (to: boolean, now: number): Promise<number> => {
      const saved = await loyalty().change({ version: now, active: to });
      again(saved);
      return saved.program?.version ?? 0;
    };
    try {
      const now = await turn(!active, version);
      done(active ? _("The programme is paused: new orders earn nothing") : _("The programme runs again"), () => turn(active, now)); // prettier-ignore
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const mayManage = may("loyalty.manage") && told !== undefined;
  useKeys(mayManage ? [{ keys: "e", label: told.program ? _("Change the rules") : _("Start a programme"), group: _("Loyalty"), run: () => void open() }] : []); // prettier-ignore
  const begin = mayManage && !told.program && <Button onClick={() => void open()}>{_("Start a programme")}</Button>;
  const change = mayManage && told.program && (
    <>
      <Button variant="default" onClick={() => void pause()}>
        {told.program.active ? _("Pause") : _("Run again")}
      </Button>
      <Button onClick={() => void open()}>{_("Change the rules")}</Button>
    </>
  );
  return (
    <Page title={_("Loyalty")} note={told?.program ? <bdi>{told.program.active ? told.program.name : _("{name}, paused", { name: told.program.name })}</bdi> : undefined} actions={change || undefined} padded>
      <Ask asked={asked}>
        {(found) => found.program ? <Running told={found} /> : (
          <div className="empty">
            <p>{_("Give points for what customers buy, and a reward for their points. Points wait until goods can no longer come back, and every balance can be explained line by line.")}</p>
            {begin}
          </div>
        )}
      </Ask>
      {draft && <RulesForm found={draft} title={told?.program ? _("Change the rules") : _("Start a programme")} verb={told?.program ? _("Save as a new version") : _("Start")} onSave={save} onClose={() => setDraft(undefined)} />}
    </Page>
  ); // prettier-ignore
};

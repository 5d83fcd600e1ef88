import { Button, NumberInput, Switch, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, workspace } from "../../../kit/boot.ts";
import { money } from "../../../kit/format.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { useSetting, useSubmit } from "../../../kit/form/useSetting.tsx";
import { done } from "../../../kit/undo.ts";
import { recordsOf } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Settings } from "../../../settings/Settings.tsx";
import { referrals, type ReferralProgram } from "./told.ts";

const usePromotionName = (id: string | null): string | undefined => {
  const { data } = useQuery({ queryKey: ["promotions", "one", id], queryFn: () => recordsOf("promotions").get(id ?? ""), enabled: id !== null }); // prettier-ignore
  return typeof data?.["name"] === "string" ? data["name"] : undefined;
};

const Form = ({ found }: { found: ReferralProgram }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const yes = (on: boolean): string => (on ? _("Yes") : _("No"));
  const labels = { reward_points: _("What the advocate gets"), window_days: _("Days to order"), advocate_limit: _("Friends of one advocate in a year"), daily_flag: _("Friends in a day") };
  const { values: draft, set, dirty, conflict, save } = useSetting(found, {
    parts: [
      { name: "active", label: _("Friends can be brought"), say: yes },
      { name: "headline", label: _("Headline of the invitation") },
      { name: "words", label: _("Your words to the friend") },
      { name: "friend_promotion_id", label: _("What the friend gets"), say: (id: string | null) => (id === null ? "" : id === found.friend_promotion_id && named ? named : _("Another promotion")) },
      { name: "min_order", label: _("First order from"), say: (amount: number) => money(amount, workspace().currency) },
      ...(["reward_points", "window_days", "advocate_limit", "daily_flag"] as const).map((name) => ({ name, label: labels[name] })),
    ],
    read: () => referrals().program({}),
  });
  const named = usePromotionName(draft.friend_promotion_id);
  const readOnly = !may("referrals.settings");
  const again = (saved: ReferralProgram): void => void cache.setQueryData(["referral-program"], saved);
  const write = async (changed: Partial<ReferralProgram>, onto: ReferralProgram): Promise<number> => {
    const saved = await referrals().changeProgram({ ...onto, ...changed });
    again(saved);
    done(_("Referral programme saved"), async () => again(await referrals().changeProgram({ ...onto, version: saved.version })));
    return saved.version;
  };
  const { submit, busy, errors, failed } = useSubmit(async () => dirty && save(write));
  const whole = (name: "reward_points" | "window_days" | "advocate_limit" | "daily_flag", max: number, description: string) => (
    <NumberInput label={labels[name]} description={description} min={name === "reward_points" ? 0 : 1} max={max} allowDecimal={false} readOnly={readOnly} value={draft[name]} error={errors[name]} onChange={(value) => set({ [name]: Number(value) || 0 })} />
  );
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      <Switch label={_("Friends can be brought")} checked={draft.active} disabled={readOnly} onChange={(event) => set({ active: event.currentTarget.checked })} />
      <TextInput label={_("Headline of the invitation")} maxLength={200} readOnly={readOnly} value={draft.headline} error={errors["headline"]} onChange={(event) => set({ headline: event.currentTarget.value })} />
      <Textarea label={_("Your words to the friend")} autosize minRows={3} maxLength={4000} readOnly={readOnly} value={draft.words} error={errors["words"]} onChange={(event) => set({ words: event.currentTarget.value })} />
      <RelationPicker to="promotion" label={_("What the friend gets")} description={_("A promotion; each friend gets a code of their own.")} value={draft.friend_promotion_id} title={named} error={errors["friend_promotion_id"]} onPick={(picked) => set({ friend_promotion_id: picked?.id ?? null })} />
      {whole("reward_points", 1_000_000, _("Points, when the friend's first order is paid and its return window is over."))}
      <FigureInput label={_("First order from")} currency={workspace().currency} readOnly={readOnly} value={draft.min_order} error={errors["min_order"]} onChange={(value) => set({ min_order: value ?? 0 })} />
      {whole("window_days", 365, _("From signing up."))}
      {whole("advocate_limit", 1000, _("More do not count."))}
      {whole("daily_flag", 1000, _("From so many on a person looks before a reward."))}
      {!readOnly && <div className="line"><Button type="submit" loading={busy} disabled={!dirty}>{_("Save")}</Button></div>}
    </form>
  );
}; // prettier-ignore

/** How the company thanks those who recommend it. */
export const ProgramPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["referral-program"], queryFn: () => referrals().program({}) });
  return (
    <Settings
      title={_("Referrals")}
      lead={_("What a friend gets, what the advocate gets, and what must have happened before.")}
    >
      <Ask asked={asked}>{(found) => <Form found={found} />}</Ask>
    </Settings>
  );
};

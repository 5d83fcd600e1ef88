import { useState, type FormEvent } from "react";
import { Button, NumberInput, Switch, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, workspace } from "../../../kit/boot.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { tell } from "../../../kit/notes.ts";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
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
  const [draft, setDraft] = useState(found);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const named = usePromotionName(draft.friend_promotion_id);
  const readOnly = !may("referrals.settings");
  const set = (more: Partial<ReferralProgram>): void => setDraft((before) => ({ ...before, ...more }));
  const again = (saved: ReferralProgram): void => void cache.setQueryData(["referral-program"], saved);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setErrors({});
    try {
      const saved = await referrals().changeProgram(draft);
      again(saved);
      done(_("Referral programme saved"), async () => again(await referrals().changeProgram({ ...found, version: saved.version })));
    } catch (thrown) {
      if (isProblem(thrown)) setErrors(Object.fromEntries(thrown.errors.map((error) => [error.field, error.message])));
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const whole = (name: "reward_points" | "window_days" | "advocate_limit" | "daily_flag", label: string, max: number, description: string) => (
    <NumberInput label={label} description={description} min={name === "reward_points" ? 0 : 1} max={max} allowDecimal={false} readOnly={readOnly} value={draft[name]} error={errors[name]} onChange={(value) => set({ [name]: Number(value) || 0 })} />
  );
  return (
    <form className="stack" onSubmit={(event) => void save(event)} noValidate>
      <Switch label={_("Friends can be brought")} checked={draft.active} disabled={readOnly} onChange={(event) => set({ active: event.currentTarget.checked })} />
      <TextInput label={_("Headline of the invitation")} maxLength={200} readOnly={readOnly} value={draft.headline} error={errors["headline"]} onChange={(event) => set({ headline: event.currentTarget.value })} />
      <Textarea label={_("Your words to the friend")} autosize minRows={3} maxLength={4000} readOnly={readOnly} value={draft.words} error={errors["words"]} onChange={(event) => set({ words: event.currentTarget.value })} />
      <RelationPicker to="promotion" label={_("What the friend gets")} description={_("A promotion; each friend gets a code of their own.")} value={draft.friend_promotion_id} title={named} error={errors["friend_promotion_id"]} onPick={(picked) => set({ friend_promotion_id: picked?.id ?? null })} />
      {whole("reward_points", _("What the advocate gets"), 1_000_000, _("Points, when the friend's first order is paid and its return window is over."))}
      <FigureInput label={_("First order from")} currency={workspace().currency} readOnly={readOnly} value={draft.min_order} error={errors["min_order"]} onChange={(value) => set({ min_order: value ?? 0 })} />
      {whole("window_days", _("Days to order"), 365, _("From signing up."))}
      {whole("advocate_limit", _("Friends of one advocate in a year"), 1000, _("More do not count."))}
      {whole("daily_flag", _("Friends in a day"), 1000, _("From so many on a person looks before a reward."))}
      {!readOnly && <div className="line"><Button type="submit">{_("Save")}</Button></div>}
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
      <Ask asked={asked}>{(found) => <Form key={found.version} found={found} />}</Ask>
    </Settings>
  );
};

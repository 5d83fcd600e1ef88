import { useState } from "react";
import { NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { RulesSaid } from "#grow/loyalty";
import { workspace } from "../../../kit/boot.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { Dialog } from "../../deliver/Dialog.tsx";

export interface ProgramDraft {
  name: string;
  rules: RulesSaid;
}

const tiersOf = (text: string): RulesSaid["tiers"] =>
  text.split("\n").map((line) => /^(.*?)[\s:,]+(\d+)\s*$/.exec(line.trim())).flatMap((found) => (found ? [{ name: found[1]!.trim(), points: Number(found[2]) }] : [])); // prettier-ignore

/** The programme's name and rules; saved ones are a new version, for what comes from then on. */
export const RulesForm = ({ found, title, verb, onSave, onClose }: { found: ProgramDraft; title: string; verb: string; onSave: (draft: ProgramDraft) => Promise<void>; onClose: () => void }) => {
  const { _ } = useLingui();
  const [name, setName] = useState(found.name);
  const [rules, setRules] = useState(found.rules);
  const [tiers, setTiers] = useState(found.rules.tiers.map((t) => `${t.name} ${t.points}`).join("\n"));
  const [without, setWithout] = useState(found.rules.without.join(", "));
  const put = <K extends keyof RulesSaid>(key: K) => (value: RulesSaid[K]) => setRules({ ...rules, [key]: value });
  const reward = (more: Partial<RulesSaid["reward"]>) => setRules({ ...rules, reward: { ...rules.reward, ...more } });
  const save = () => onSave({ name, rules: { ...rules, tiers: tiersOf(tiers), without: without.split(",").map((sku) => sku.trim()).filter(Boolean) } });
  const whole = (label: string, value: number, onChange: (n: number) => void, error?: string, suffix = "") => (
    <NumberInput label={label} value={value} min={0} allowDecimal={false} suffix={suffix} error={error} onChange={(n) => onChange(Number(n) || 0)} />
  );
  return (
    <Dialog title={title} verb={verb} size={560} disabled={name.trim() === ""} fields={["name", "rules"]} onSubmit={save} onClose={onClose}>
      {(errors) => {
        const wrong = (field: string) => Object.entries(errors).find(([at]) => at === `rules.${field}` || at.startsWith(`rules.${field}.`))?.[1];
        return (
          <>
            <TextInput label={_("Name")} maxLength={100} value={name} error={errors["name"]} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
            <TextInput label={_("Points for each {currency} of goods", { currency: workspace().currency })} description={_("After discounts, without tax; rounded down once for each order.")} value={rules.points_per_unit} error={wrong("points_per_unit")} onChange={(event) => put("points_per_unit")(event.currentTarget.value)} />
            <TextInput label={_("Articles without points")} description={_("Article numbers of postage, gift cards and the like, with commas between.")} value={without} error={wrong("without")} onChange={(event) => setWithout(event.currentTarget.value)} />
            <NativeSelect label={_("Points expire")} value={rules.expiry} data={[{ value: "never", label: _("never") }, { value: "days", label: _("after days") }, { value: "months", label: _("after months") }]} onChange={(event) => put("expiry")(event.currentTarget.value as RulesSaid["expiry"])} />
            {rules.expiry !== "never" && whole(rules.expiry === "days" ? _("Days until they expire") : _("Months until they expire"), rules.expiry_after, put("expiry_after"), wrong("expiry_after"))}
            <NativeSelect label={_("When an order comes back whose points are spent")} value={rules.refund} data={[{ value: "other_lots_then_debt", label: _("take other points, then note a debt") }, { value: "debt", label: _("note a debt") }]} onChange={(event) => put("refund")(event.currentTarget.value as RulesSaid["refund"])} />
            <NativeSelect label={_("When an order comes back that a voucher paid")} value={rules.burn_refund} data={[{ value: "proportional", label: _("give points back in proportion") }, { value: "full_only", label: _("give them back when all came back") }, { value: "none", label: _("give none back") }]} onChange={(event) => put("burn_refund")(event.currentTarget.value as RulesSaid["burn_refund"])} />
            <Textarea label={_("Tiers")} description={_("One a line, with its points: Silver 1000. From the lowest to the highest.")} autosize minRows={3} value={tiers} error={wrong("tiers")} onChange={(event) => setTiers(event.currentTarget.value)} />
            {whole(_("Months that count for a tier"), rules.tier_months, put("tier_months"), wrong("tier_months"))}
            {whole(_("Days of grace before a tier is lost"), rules.grace_days, put("grace_days"), wrong("grace_days"))}
            <TextInput label={_("Reward")} maxLength={100} value={rules.reward.name} error={wrong("reward.name")} onChange={(event) => reward({ name: event.currentTarget.value })} />
            {whole(_("Points it takes"), rules.reward.points, (points) => reward({ points }), wrong("reward.points"))}
            <FigureInput label={_("What it is worth")} currency={workspace().currency} value={rules.reward.amount} onChange={(amount) => reward({ amount: amount ?? 0 })} error={wrong("reward.amount")} />
            {whole(_("Days a voucher can be used"), rules.voucher_days, put("voucher_days"), wrong("voucher_days"))}
            {whole(_("Points nobody will ever spend, in percent"), rules.breakage, put("breakage"), wrong("breakage"), " %")}
          </>
        );
      }}
    </Dialog>
  );
}; // prettier-ignore

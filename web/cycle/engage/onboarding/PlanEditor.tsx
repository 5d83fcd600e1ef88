import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { useSetting, useSubmit } from "../../../kit/form/useSetting.tsx";
import { done } from "../../../kit/undo.ts";
import { StepEditor } from "./StepEditor.tsx";
import { freshKey, movedStep, plans, type Plan, type Step } from "./told.ts";
import "./onboarding.css";

interface Draft {
  name: string;
  product: { id: string; title: string } | null;
  starts_on: Plan["starts_on"];
  for_whom: Plan["for_whom"];
  stalled_days: number | null;
  intro: string;
  invites: boolean;
  active: boolean;
  steps: Step[];
  version: number;
}

const fresh = (steps: readonly Step[]): Step => ({
  key: freshKey(steps), title: "", help: "", owner: "customer", kind: "manual", question: "", done_when: null, depends_on: [], due_days: null, due_from: "start", weight: 1, required: true, first_value: false,
}); // prettier-ignore

const draftOf = (plan: Plan | undefined): Draft => ({
  name: plan?.name ?? "", product: plan?.product ?? null, starts_on: plan?.starts_on ?? "paid", for_whom: plan?.for_whom ?? "everybody", stalled_days: plan?.stalled_days ?? 5,
  intro: plan?.intro ?? "", invites: plan?.invites ?? true, active: plan?.active ?? true, steps: plan?.design.steps ?? [fresh([])], version: plan?.version ?? 0,
}); // prettier-ignore

const valuesOf = ({ product, steps, intro, version: _version, ...rest }: Draft) => ({ ...rest, intro: intro || null, product_id: product?.id ?? null, design: { steps } }); // prettier-ignore

const readPlan = async (id: string): Promise<Plan> => (await plans().get({ id })) as unknown as Plan;
const stepWords = (steps: readonly Step[], other: readonly Step[]): string => steps.flatMap((step, i) => (JSON.stringify(step) === JSON.stringify(other[i]) ? [] : `${i + 1}. ${step.title}`)).join(", "); // prettier-ignore

const usePlan = (plan: Plan | undefined) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const again = () => cache.invalidateQueries({ queryKey: ["plans"] });
  const yes = (on: boolean): string => (on ? _("Yes") : _("No"));
  const chosen = (name: string) => (value: string): string => _(choices(name).find((c) => c.value === value)?.label ?? value);
  const setting = useSetting<Draft>(draftOf(plan), {
    parts: [
      { name: "name", label: _("Name") },
      { name: "product", label: _("Product"), say: (product: Draft["product"]) => product?.title ?? "" },
      { name: "starts_on", label: _("Starts when"), say: chosen("starts_on") },
      { name: "for_whom", label: _("For"), say: chosen("for_whom") },
      { name: "stalled_days", label: _("Stalls after business days") },
      { name: "intro", label: _("Welcome") },
      { name: "invites", label: _("Mail the customer the link to their steps"), say: yes },
      { name: "active", label: _("Active: begins by itself"), say: yes },
      { name: "steps", label: _("Steps"), say: stepWords },
    ],
    read: async () => plan && draftOf(await readPlan(plan.id)),
  });
  const write = async (changed: Partial<Draft>, onto: Draft): Promise<number> => {
    const { id } = plan!;
    const saved = await plans().update({ ...valuesOf({ ...onto, ...changed }), id, version: onto.version });
    done(_("{name} changed", { name: saved.name }), async () => {
      const now = await plans().get({ id });
      await plans().update({ ...valuesOf(onto), id, version: now.version });
      await again();
    });
    await again();
    return saved.version;
  };
  const add = async (): Promise<void> => {
    const made = await plans().create(valuesOf(setting.values));
    done(_("{name} added", { name: made.name }), () => plans().trash({ id: made.id }).then(again));
    await again();
    await navigate({ to: "/plans/$id", params: { id: made.id } });
  };
  const shown = ["name", "product_id", "stalled_days", "intro"];
  return { ...setting, ...useSubmit(() => (plan ? setting.save(write) : add()), (field) => shown.includes(field) || /^design\.steps\.\d/.test(field)) };
}; // prettier-ignore

const choices = (name: string): { value: string; label: string }[] =>
  (objectOf("plans")?.fields.find((field) => field.name === name)?.choices ?? []).map(({ value, label }) => ({ value, label })); // prettier-ignore

/** Makes or changes a plan: when it begins and with whom, and its steps in their order. */
export const PlanEditor = ({ plan }: { plan?: Plan }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const { values: draft, set, conflict, submit, busy, errors, failed } = usePlan(plan);
  const mayEdit = plan ? may("plans.update") && !plan.deleted_at : may("plans.create");
  const wrong = (name: string): string | undefined => errors[name];
  const wrongStep = (at: number): string | undefined => Object.entries(errors).find(([field]) => field.startsWith(`design.steps.${at}.`))?.[1];
  const add = (): void => {
    const step = fresh(draft.steps);
    set({ steps: [...draft.steps, step] });
    setTimeout(() => document.querySelector<HTMLInputElement>(`[data-step="${step.key}"]`)?.focus());
  };
  const remove = (at: number): void => {
    const gone = draft.steps[at]?.key;
    set({ steps: draft.steps.toSpliced(at, 1).map((s) => ({ ...s, depends_on: s.depends_on.filter((key) => key !== gone) })) });
  };
  useKeys(mayEdit ? [
    { keys: "mod+s", label: _("Save"), group: _("This plan"), run: () => void submit(), always: true },
    { keys: "alt+ArrowUp", label: _("Move the step up"), group: _("This plan"), run: () => undefined, told: true },
    { keys: "alt+ArrowDown", label: _("Move the step down"), group: _("This plan"), run: () => undefined, told: true },
  ] : []);
  return (
    <form className="stack onboarding-editor" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      {plan?.deleted_at && <p className="note" data-tone="amber">{_("This plan is in the trash. Onboardings that began go on.")}</p>}
      <fieldset className="stack onboarding-all" disabled={!mayEdit}>
        <TextInput autoFocus={!plan} label={_("Name")} description={_("The customer reads it, too.")} withAsterisk maxLength={200} value={draft.name} error={wrong("name")} onChange={(event) => set({ name: event.currentTarget.value })} />
        <RelationPicker to="product" label={_("Product")} description={_("Whatever they buy, with their first order, when left empty.")} value={draft.product?.id ?? null} title={draft.product?.title} onPick={(product) => set({ product })} error={wrong("product_id")} />
        <div className="onboarding-fields">
          <NativeSelect label={_("Starts when")} value={draft.starts_on} data={choices("starts_on").map((c) => ({ ...c, label: _(c.label) }))} onChange={(event) => set({ starts_on: event.currentTarget.value as Draft["starts_on"] })} />
          <NativeSelect label={_("For")} value={draft.for_whom} data={choices("for_whom").map((c) => ({ ...c, label: _(c.label) }))} onChange={(event) => set({ for_whom: event.currentTarget.value as Draft["for_whom"] })} />
          <FigureInput label={_("Stalls after business days")} whole value={draft.stalled_days} error={wrong("stalled_days")} onChange={(stalled_days) => set({ stalled_days })} />
        </div>
        <Textarea label={_("Welcome")} description={_("Stands above the steps on the customer's page and in the mail.")} autosize minRows={2} maxLength={2000} value={draft.intro} error={wrong("intro")} onChange={(event) => set({ intro: event.currentTarget.value })} />
        <Checkbox label={_("Mail the customer the link to their steps")} checked={draft.invites} onChange={(event) => set({ invites: event.currentTarget.checked })} />
        <Checkbox label={_("Active: begins by itself")} checked={draft.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
        <section className="stack" aria-label={_("Steps")}>
          <h2 className="part-title">{_("Steps")}</h2>
          {plan && <p className="quiet small">{_("Version {n}. Other steps become the next one; whoever began keeps theirs.", { n: plan.steps_version })}</p>}
          <ol className="stack">
            {draft.steps.map((step, at) => (
              <StepEditor key={step.key} step={step} at={at} above={draft.steps.slice(0, at)} last={at === draft.steps.length - 1} error={wrongStep(at)} onChange={(next) => set({ steps: draft.steps.with(at, next) })} onMove={(by) => set({ steps: movedStep(draft.steps, at, by) })} onRemove={() => remove(at)} />
            ))}
          </ol>
          <div><Button variant="subtle" leftSection={<Icon name="plus" size={14} />} onClick={add}>{_("A step")}</Button></div>
        </section>
      </fieldset>
      {mayEdit && (
        <div className="line">
          <Button type="submit" loading={busy}>{plan ? _("Save") : _("Add")}</Button>
          <Button variant="default" onClick={() => void navigate({ to: "/plans" })}>{_("Cancel")}</Button>
        </div>
      )}
    </form>
  );
}; // prettier-ignore

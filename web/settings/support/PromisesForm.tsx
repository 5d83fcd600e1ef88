import { Button, NumberInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Policy, Promises, slaApi } from "#engage/support";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { count } from "../../kit/format.ts";
import { useSetting, useSubmit } from "../../kit/form/useSetting.tsx";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { PolicyEditor } from "./PolicyEditor.tsx";

const fresh: Policy = { name: "", priorities: [], types: [], clock: "business", first_response: 240, next_response: 480, resolution: 2400, pause_waiting: true }; // prettier-ignore

const api = () => client<typeof slaApi>("sla");
const hours = (minutes: number | null): string => (minutes === null ? "–" : count(minutes / 60));

const usePromises = (found: Promises) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ["sla"] });
  const setting = useSetting(found, {
    parts: [
      { name: "policies", label: _("Policies"), say: (all: readonly Policy[], other: readonly Policy[]) => all.flatMap((one, i) => (JSON.stringify(one) === JSON.stringify(other[i]) ? [] : _("{name}: {first} / {next} / {end} h", { name: one.name, first: hours(one.first_response), next: hours(one.next_response), end: hours(one.resolution) }))).join("; ") },
      { name: "reopen_days", label: _("Days after which a resolved case no longer goes on") },
    ],
    read: () => api().get({}),
  });
  const write = async (changed: Partial<Promises>, onto: Promises): Promise<number> => {
    const { policies, reopen_days } = { ...onto, ...changed };
    const { version } = await api().change({ policies, reopen_days, version: onto.version });
    await again();
    const { policies: old, reopen_days: days } = onto;
    done(_("Service targets changed"), () => api().change({ policies: old, reopen_days: days, version }).then(again));
    return version;
  };
  const reapply = async (): Promise<void> => {
    try {
      const { changed } = await api().reapply({});
      await cache.invalidateQueries({ queryKey: ["cases"] });
      tell(_("{n, plural, one {# case has} other {# cases have}} new targets", { n: changed }));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  return { ...setting, ...useSubmit(async () => setting.dirty && setting.save(write)), reapply };
}; // prettier-ignore

/** The policies in the order in which they are tried, and how long a resolved case can go on. */
export const PromisesForm = ({ promises }: { promises: Promises }) => {
  const { _ } = useLingui();
  const { values, set, dirty, discard, conflict, submit, busy, errors, failed, reapply } = usePromises(promises);
  const { policies, reopen_days: days } = values;
  const locked = !may("sla.manage");
  const setPolicies = (how: (all: Policy[]) => Policy[]): void => set({ policies: how(policies) });
  const put = (i: number, change: Partial<Policy>): void => setPolicies((all) => all.map((one, n) => (n === i ? { ...one, ...change } : one)));
  const swap = (i: number): void => setPolicies((all) => all.map((one, n) => (n === i ? all[i - 1]! : n === i - 1 ? all[i]! : one)));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      {policies.length === 0 && <p className="quiet">{_("Nothing is promised to any case.")}</p>}
      {policies.map((policy, i) => (
        <PolicyEditor
          key={i}
          policy={policy}
          locked={locked}
          errorOf={(field) => errors[`policies.${i}.${field}`]}
          onChange={(change) => put(i, change)}
          onUp={i > 0 ? () => swap(i) : undefined}
          onRemove={() => setPolicies((all) => all.filter((_x, n) => n !== i))}
        />
      ))}
      <NumberInput mt={16} w={320} label={_("Days after which a resolved case no longer goes on")} description={_("What the customer writes later opens a new case.")} disabled={locked} min={0} max={365} allowDecimal={false} value={days} error={errors["reopen_days"]} onChange={(value) => set({ reopen_days: Number(value) || 0 })} />
      {!locked && (
        <div className="line" style={{ marginBlockStart: 16, flexWrap: "wrap" }}>
          <Button type="submit" loading={busy} disabled={!dirty}>{_("Save")}</Button>
          <Button variant="default" onClick={() => setPolicies((all) => [...all, fresh])}>{_("Add a policy")}</Button>
          {!dirty && <Button variant="default" disabled={busy} onClick={() => void reapply()}>{_("Apply to unresolved cases")}</Button>}
          {dirty && <Button variant="default" onClick={discard}>{_("Discard")}</Button>}
        </div>
      )}
    </form>
  );
}; // prettier-ignore

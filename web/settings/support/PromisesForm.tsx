import { useState, type FormEvent } from "react";
import { Button, NumberInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Policy, Promises, slaApi } from "#engage/support";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { tell } from "../../kit/notes.ts";
import { isProblem, sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { PolicyEditor } from "./PolicyEditor.tsx";

const fresh: Policy = { name: "", priorities: [], types: [], clock: "business", first_response: 240, next_response: 480, resolution: 2400, pause_waiting: true }; // prettier-ignore

const useSave = (before: Promises) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const api = client<typeof slaApi>("sla");
  const again = () => cache.invalidateQueries({ queryKey: ["sla"] });
  return {
    save: async (policies: Policy[], reopen_days: number): Promise<void> => {
      const { version } = await api.change({ policies, reopen_days, version: before.version });
      await again();
      const { policies: old, reopen_days: days } = before;
      done(_("Service targets changed"), () => api.change({ policies: old, reopen_days: days, version }).then(again));
    },
    reapply: async (): Promise<void> => {
      const { changed } = await api.reapply({});
      await cache.invalidateQueries({ queryKey: ["cases"] });
      tell(_("{n, plural, one {# case has} other {# cases have}} new targets", { n: changed }));
    },
  };
};

/** The policies in the order in which they are tried, and how long a resolved case can go on. */
export const PromisesForm = ({ promises }: { promises: Promises }) => {
  const { _ } = useLingui();
  const [policies, setPolicies] = useState<Policy[]>(promises.policies);
  const [days, setDays] = useState(promises.reopen_days);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const { save, reapply } = useSave(promises);
  const locked = !may("sla.manage");
  const dirty = JSON.stringify([policies, days]) !== JSON.stringify([promises.policies, promises.reopen_days]);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setErrors({});
    setFailed("");
    try {
      await work();
    } catch (thrown) {
      const told = isProblem(thrown) ? thrown.errors : [];
      setErrors(Object.fromEntries(told.map((error) => [error.field, error.message])));
      setFailed(told.length > 0 ? _("Something needs another look.") : sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const put = (i: number, change: Partial<Policy>): void => setPolicies((all) => all.map((one, n) => (n === i ? { ...one, ...change } : one)));
  const swap = (i: number): void => setPolicies((all) => all.map((one, n) => (n === i ? all[i - 1]! : n === i - 1 ? all[i]! : one)));
  return (
    <form onSubmit={(event: FormEvent) => (event.preventDefault(), void (dirty && attempt(() => save(policies, days))))} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
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
      <NumberInput mt={16} w={320} label={_("Days after which a resolved case no longer goes on")} description={_("What the customer writes later opens a new case.")} disabled={locked} min={0} max={365} allowDecimal={false} value={days} error={errors["reopen_days"]} onChange={(value) => setDays(Number(value) || 0)} />
      {!locked && (
        <div className="line" style={{ marginBlockStart: 16, flexWrap: "wrap" }}>
          <Button type="submit" loading={busy} disabled={!dirty}>{_("Save")}</Button>
          <Button variant="default" onClick={() => setPolicies((all) => [...all, fresh])}>{_("Add a policy")}</Button>
          {!dirty && <Button variant="default" disabled={busy} onClick={() => void attempt(reapply)}>{_("Apply to unresolved cases")}</Button>}
          {dirty && <Button variant="default" onClick={() => (setPolicies(promises.policies), setDays(promises.reopen_days))}>{_("Discard")}</Button>}
        </div>
      )}
    </form>
  );
}; // prettier-ignore

import { useState } from "react";
import { NumberInput, Select } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { LoopApi } from "#learn/loop";
import { client } from "../kit/client.ts";
import { percent } from "../kit/format.ts";
import { done } from "../kit/undo.ts";
import { Dialog } from "../cycle/deliver/Dialog.tsx";
import type { Cycle } from "./cycle.ts";

type Link = Cycle["links"][number];

/** What is wanted of a link of the ring: the share that moves on in the period, and in how many days. Empty takes the target away. */
export const TargetDialog = ({ cycle, link, onClose }: { cycle: Cycle; link: Link; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [key, setKey] = useState(link.key);
  // As it stood when the dialog opened: what others set since is not gone over unseen.
  const [targets] = useState(cycle.targets);
  const before = (of: string) => targets.find((target) => target.link === of);
  const [rate, setRate] = useState<string | number>(Math.round((before(key)?.rate ?? 0) * 1000) / 10 || "");
  const [days, setDays] = useState<string | number>(before(key)?.days ?? "");
  const nameOf = (step: string): string => _(cycle.steps.find((one) => one.key === step)?.name ?? step);
  const choose = (next: string): void => {
    setKey(next);
    setRate(Math.round((before(next)?.rate ?? 0) * 1000) / 10 || "");
    setDays(before(next)?.days ?? "");
  };
  const keep = async (target: { rate: number | null; days: number | null }, version: number): Promise<number> => {
    const set = await client<LoopApi>("loop").setTarget({ lens: cycle.lens.key, link: key, version, ...target });
    await cache.invalidateQueries({ queryKey: ["cycle"] });
    return set.version;
  };
  const submit = async (): Promise<void> => {
    const former = before(key);
    const now = await keep({ rate: rate === "" ? null : Number(rate) / 100, days: days === "" ? null : Number(days) }, former?.version ?? 0);
    done(_("Target set"), () => keep({ rate: former?.rate ?? null, days: former?.days ?? null }, now));
  };
  const chosen = cycle.links.find((one) => one.key === key) ?? link;
  return (
    <Dialog title={_("Target")} verb={_("Set target")} fields={["rate", "days", "link"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <Select label={_("Link")} value={key} allowDeselect={false} onChange={(next) => next && choose(next)} error={errors["link"]} data={cycle.links.map((one) => ({ value: one.key, label: `${nameOf(one.from)} → ${nameOf(one.to)}` }))} />
          <NumberInput label={_("Share that moves on in the period, in percent")} description={_("Now: {rate}", { rate: chosen.rate === null ? "–" : percent(chosen.rate, 1) })} value={rate} onChange={setRate} min={0.1} max={100} decimalScale={1} error={errors["rate"]} />
          <NumberInput label={_("Days it takes at most, in the middle")} value={days} onChange={setDays} min={1} max={3650} allowDecimal={false} error={errors["days"]} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

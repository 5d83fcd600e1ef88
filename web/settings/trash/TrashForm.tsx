import { Button, NumberInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../kit/boot.ts";
import { useSetting, useSubmit } from "../../kit/form/useSetting.tsx";
import { done } from "../../kit/undo.ts";
import { trash } from "../../records/trash.ts";

interface Found {
  keep_days: number;
  version: number;
  would_go: number;
}
const most = 3650; // days

/** The days of the trash, and what a change of them would delete. */
export const TrashForm = ({ found }: { found: Found }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ["trash-settings"] });
  const { values, set, dirty, conflict, save } = useSetting(found, {
    parts: [{ name: "keep_days", label: _("Days in the trash") }],
    read: () => trash().get({}),
  });
  const days: number | string = values.keep_days;
  const fits = typeof days === "number" && Number.isInteger(days) && days >= 1 && days <= most;
  const [asking] = useDebouncedValue(fits ? days : found.keep_days, 300);
  const then = useQuery({ queryKey: ["trash-settings", asking], queryFn: () => trash().get({ days: asking }) });
  const locked = !may("trash.purge");
  const write = async (_changed: Partial<Found>, onto: Found): Promise<number> => {
    const saved = await trash().update({ keep_days: values.keep_days, version: onto.version });
    await again();
    done(_("The trash keeps things for {days, plural, one {# day} other {# days}}", { days }), () => trash().update({ keep_days: onto.keep_days, version: saved.version }).then(again));
    return saved.version;
  };
  const { submit, busy, errors, failed } = useSubmit(async () => dirty && fits && save(write));
  const error = fits ? errors["keep_days"] : _("Between 1 and {most} days.", { most });
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
      <NumberInput label={_("Days in the trash")} value={days} onChange={(keep_days) => set({ keep_days: keep_days as number })} min={1} max={most} allowDecimal={false} disabled={locked || busy} error={error} />
      <p className="quiet" role="status">
        {then.data && _("{n, plural, =0 {Nothing has had its time now.} one {# record has had its time and goes at the next look, once a day.} other {# records have had their time and go at the next look, once a day.}}", { n: then.data.would_go })}
      </p>
      <p className="quiet">{_("Never deleted: what has an order, an invoice, a payment, a shipment, a return, a quote that was sent, or points; customers and goods on them stay in the trash as long. Notes, tasks, files, tags and history go with their record.")}</p>
      {locked ? (
        <p className="quiet">{_("Only an owner or an administrator changes this.")}</p>
      ) : (
        <div className="line">
          <Button type="submit" loading={busy} disabled={!dirty || !fits}>{_("Save")}</Button>
        </div>
      )}
    </form>
  );
}; // prettier-ignore

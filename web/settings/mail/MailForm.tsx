import { useState, type FormEvent } from "react";
import { Button, Checkbox, NumberInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { MailApi, MailSettings } from "#attract/channels";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { isProblem, sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";

const fields = ["from_name", "from_address", "reply_to", "postal", "budget_mails", "quiet_hours", "tracking"] as const;

const changesOf = (before: MailSettings, after: MailSettings): Partial<MailSettings> =>
  Object.fromEntries(
    fields.filter((f) => (before[f] ?? "") !== (after[f] ?? "")).map((f) => [f, after[f] === "" ? null : after[f]]),
  );

/** Sender and contact budget; only what changed is sent. */
export const MailForm = ({ settings }: { settings: MailSettings }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [values, setValues] = useState(settings);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const locked = !may("mail.update");
  const changed = changesOf(settings, values);
  const set = (change: Partial<MailSettings>): void => setValues((before) => ({ ...before, ...change }));
  const save = async (): Promise<void> => {
    const api = client<MailApi>("mail");
    const again = () => cache.invalidateQueries({ queryKey: ["mail"] });
    const saved = await api.change({ ...changed, version: settings.version });
    const old = Object.fromEntries(Object.keys(changed).map((name) => [name, settings[name as keyof MailSettings]]));
    await again();
    done(_("Mail settings changed"), () => api.change({ ...old, version: saved.version }).then(again));
  };
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || Object.keys(changed).length === 0) return;
    setBusy(true);
    setErrors({});
    setFailed("");
    try {
      await save();
    } catch (thrown) {
      const told = isProblem(thrown) ? thrown.errors : [];
      setErrors(Object.fromEntries(told.map((error) => [error.field, error.message])));
      setFailed(told.length === 0 ? sentenceOf(thrown) : "");
    } finally {
      setBusy(false);
    }
  };
  const text = (name: "from_name" | "from_address" | "reply_to" | "postal") => ({
    name, value: values[name] ?? "", error: errors[name], disabled: locked || busy, onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  }); // prettier-ignore
  return (
    <form className="stack" onSubmit={(event) => void onSubmit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      <TextInput {...text("from_name")} label={_("Sender's name")} maxLength={100} />
      <TextInput {...text("from_address")} label={_("Sender's address")} description={_("Of your own domain; the mail server must be allowed to send for it.")} type="email" maxLength={254} />
      <TextInput {...text("reply_to")} label={_("Answers go to")} type="email" maxLength={254} />
      <TextInput {...text("postal")} label={_("Postal address")} description={_("At the foot of campaigns; many countries ask for it.")} maxLength={300} />
      <NumberInput label={_("Mails a customer gets in 30 days at most")} description={_("Campaigns, surveys and requests together. Mails about their own orders and questions do not count.")} min={0} max={1000} allowDecimal={false}
        value={values.budget_mails} error={errors.budget_mails} disabled={locked || busy} onChange={(n) => set({ budget_mails: Number(n) || 0 })} />
      <NumberInput label={_("Quiet hours between two of them")} min={0} max={720} allowDecimal={false} value={values.quiet_hours} error={errors.quiet_hours} disabled={locked || busy} onChange={(n) => set({ quiet_hours: Number(n) || 0 })} />
      <Checkbox label={_("Count clicks and opens")} description={_("Off: no link and no picture of any mail tells whether it was read.")} checked={values.tracking} disabled={locked || busy} onChange={(event) => set({ tracking: event.currentTarget.checked })} />
      {locked ? <p className="quiet">{_("Only an owner or an administrator changes these.")}</p> : (
        <div className="line">
          <Button type="submit" loading={busy} disabled={Object.keys(changed).length === 0}>{_("Save")}</Button>
          {Object.keys(changed).length > 0 && <Button variant="default" onClick={() => setValues(settings)}>{_("Discard")}</Button>}
        </div>
      )}
    </form>
  );
}; // prettier-ignore

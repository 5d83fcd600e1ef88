import { Button, Checkbox, NumberInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { MailApi, MailSettings } from "#attract/channels";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { useSetting, useSubmit } from "../../kit/form/useSetting.tsx";
import { done } from "../../kit/undo.ts";

const texts = ["from_name", "from_address", "reply_to", "postal"] as const;
const api = () => client<MailApi>("mail");
const cleaned = (settings: MailSettings): MailSettings => ({
  ...settings,
  ...Object.fromEntries(texts.map((name) => [name, settings[name] || null])),
});

const useMail = (found: MailSettings) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const setting = useSetting(found, {
    parts: [
      { name: "from_name", label: _("Sender's name") },
      { name: "from_address", label: _("Sender's address") },
      { name: "reply_to", label: _("Answers go to") },
      { name: "postal", label: _("Postal address") },
      { name: "budget_mails", label: _("Mails a customer gets in 30 days at most") },
      { name: "quiet_hours", label: _("Quiet hours between two of them") },
      { name: "tracking", label: _("Count clicks and opens"), say: (on: boolean) => (on ? _("Yes") : _("No")) },
    ],
    read: () => api().settings({}),
    cleaned,
  });
  const write = async (changed: Partial<MailSettings>, onto: MailSettings): Promise<number> => {
    const again = () => cache.invalidateQueries({ queryKey: ["mail"] });
    const saved = await api().change({ ...changed, version: onto.version });
    const old = Object.fromEntries(Object.keys(changed).map((name) => [name, onto[name as keyof MailSettings]]));
    await again();
    done(_("Mail settings changed"), () =>
      api()
        .change({ ...old, version: saved.version })
        .then(again),
    );
    return saved.version;
  };
  return { ...setting, ...useSubmit(async () => setting.dirty && setting.save(write)) };
};

/** Sender and contact budget; only what changed is sent. */
export const MailForm = ({ settings }: { settings: MailSettings }) => {
  const { _ } = useLingui();
  const { values, set, dirty, discard, conflict, submit, busy, errors, failed } = useMail(settings);
  const locked = !may("mail.update");
  const text = (name: (typeof texts)[number]) => ({
    name, value: values[name] ?? "", error: errors[name], disabled: locked || busy, onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  }); // prettier-ignore
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {conflict}
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
          <Button type="submit" loading={busy} disabled={!dirty}>{_("Save")}</Button>
          {dirty && <Button variant="default" onClick={discard}>{_("Discard")}</Button>}
        </div>
      )}
    </form>
  );
}; // prettier-ignore

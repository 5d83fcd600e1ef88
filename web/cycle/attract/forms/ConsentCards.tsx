import { ActionIcon, Button, Checkbox, NativeSelect, Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Icon } from "../../../kit/Icon.tsx";
import { purposeChoices } from "../../../records/filter/purposes.ts";
import type { Consent } from "./told.ts";

const usual: Record<Consent["purpose"], string> = {
  newsletter: "Please send me your newsletter. I can leave it at any time.",
  offers: "Please write to me about offers that suit me. I can end that at any time.",
  surveys: "You may ask me how it was. I can end that at any time.",
  orders: "Please write to me about my orders.",
};

/** The consents a form offers, each in its own words; none is ticked beforehand. */
export const ConsentCards = ({ consents, onChange }: { consents: readonly Consent[]; onChange: (consents: Consent[]) => void }) => {
  const { _ } = useLingui();
  const free = purposeChoices.filter(({ value }) => !consents.some((one) => one.purpose === value));
  const put = (at: number, change: Partial<Consent>): void => onChange(consents.map((one, i) => (i === at ? { ...one, ...change } : one)));
  const add = (): void => {
    const purpose = free[0]!.value as Consent["purpose"];
    onChange([...consents, { purpose, wording: _(usual[purpose]), required: false }]);
  };
  return (
    <section className="stack" aria-label={_("Consent")}>
      <h3 className="part-title">{_("Consent")}</h3>
      <ul className="stack">
        {consents.map((one, at) => (
          <li key={one.purpose} className="form-field">
            <div className="line">
              <NativeSelect className="fill" aria-label={_("Purpose")} value={one.purpose} onChange={(event) => put(at, { purpose: event.currentTarget.value as Consent["purpose"] })}
                data={purposeChoices.filter(({ value }) => value === one.purpose || free.some((f) => f.value === value)).map(({ value, label }) => ({ value, label: _(label) }))} />
              <Checkbox label={_("Required")} checked={one.required} onChange={(event) => put(at, { required: event.currentTarget.checked })} />
              <ActionIcon aria-label={_("Remove: {what}", { what: _("Consent") })} onClick={() => onChange(consents.filter((_one, i) => i !== at))}><Icon name="x" size={14} /></ActionIcon>
            </div>
            <Textarea label={_("Wording")} description={_("Another wording is another version; what was agreed to before stays as it was.")} autosize minRows={2} maxLength={4000} value={one.wording} onChange={(event) => put(at, { wording: event.currentTarget.value })} />
          </li>
        ))}
      </ul>
      {free.length > 0 && <div><Button variant="subtle" leftSection={<Icon name="plus" size={14} />} onClick={add}>{_("Ask for consent")}</Button></div>}
    </section>
  );
}; // prettier-ignore

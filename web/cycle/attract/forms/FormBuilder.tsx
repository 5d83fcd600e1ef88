import { useState, type FormEvent } from "react";
import { Button, Checkbox, Menu, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { ConsentCards } from "./ConsentCards.tsx";
import { FieldCard } from "./FieldCard.tsx";
import { Preview } from "./Preview.tsx";
import { contactFields, forms, freshKey, keyOf, type Consent, type Field, type Told } from "./told.ts";
import "./forms.css";

const texts = ["name", "key", "title", "intro", "thanks", "redirect", "source", "campaign"] as const;
type Text = (typeof texts)[number];

interface Draft extends Record<Text, string> {
  fields: Field[];
  consents: Consent[];
  origins: string;
  opens_lead: boolean;
  double_opt_in: boolean;
  active: boolean;
}

const asked = (contact: Field["contact"], required: boolean, label: string): Field => {
  const { type } = contactFields.find((one) => one.contact === contact)!;
  return { key: contact!, contact: contact!, type, label, required };
};

const draftOf = (form: Told | undefined, say: (words: string) => string): Draft => ({
  ...(Object.fromEntries(texts.map((name) => [name, form?.[name] ?? ""])) as Record<Text, string>),
  fields: form?.design.fields ?? [asked("name", true, say("Name")), asked("email", true, say("E-mail"))],
  consents: form?.design.consents.map(({ purpose, wording, required }) => ({ purpose, wording, required })) ?? [],
  origins: form?.origins.join("\n") ?? "",
  opens_lead: form?.opens_lead ?? true,
  double_opt_in: form?.double_opt_in ?? true,
  active: form?.active ?? true,
});

const valuesOf = ({ fields, consents, origins, key, ...rest }: Draft, fresh: boolean) => ({
  ...rest,
  ...(fresh ? { key: key || keyOf(rest.name) } : {}),
  origins: origins.split("\n").map((line) => line.trim()).filter(Boolean),
  design: {
    fields: fields.map(({ choices, help, ...field }) => ({
      ...field,
      ...(help ? { help } : {}),
      ...(choices ? { choices: choices.map((c) => c.trim()).filter(Boolean) } : {}),
    })),
    consents,
  },
}); // prettier-ignore

const useSave = (form: Told | undefined) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ["forms"] });
  return async (draft: Draft): Promise<{ id: string }> => {
    if (!form) {
      const made = await forms().create(valuesOf(draft, true));
      done(_("{name} added", { name: made.name }), () => forms().trash({ id: made.id }).then(again));
      await again();
      return made;
    }
    const saved = await forms().update({ ...valuesOf(draft, false), id: form.id, version: form.version });
    done(_("{name} changed", { name: saved.name }), async () => {
      const now = await forms().get({ id: form.id });
      await forms().update({ ...valuesOf(draftOf(form, _), false), id: form.id, version: now.version });
      await again();
    });
    await again();
    return saved;
  };
};

const moved = <T,>(list: readonly T[], at: number, by: number): T[] => {
  const one = list[at];
  return one === undefined || at + by < 0 || at + by >= list.length ? [...list] : list.toSpliced(at, 1).toSpliced(at + by, 0, one);
}; // prettier-ignore

/** Makes or changes a form: its questions in order, consent word for word, what happens when it is sent; a preview beside it. */
export const FormBuilder = ({ form }: { form?: Told }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(() => draftOf(form, _));
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly { field: string; message: string }[]>([]);
  const [failed, setFailed] = useState("");
  const save = useSave(form);
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const setField = (at: number, field: Field | undefined): void => set({ fields: field ? draft.fields.with(at, field) : draft.fields.toSpliced(at, 1) });
  const wrong = (name: string): string | undefined => problems.find((p) => p.field === name)?.message;
  const text = (name: Text) => ({ value: draft[name], error: wrong(name), onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }) });
  const missing = contactFields.filter(({ contact }) => !draft.fields.some((field) => field.contact === contact));
  const ask = (): void => {
    const key = freshKey(draft.fields);
    set({ fields: [...draft.fields, { key, type: "text", label: _("Your question"), required: false }] });
    setTimeout(() => document.querySelector<HTMLInputElement>(`[data-field="${key}"]`)?.select());
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailed("");
    setProblems([]);
    try {
      const { id } = await save(draft);
      void navigate({ to: "/forms/$id", params: { id } });
    } catch (thrown) {
      const told = isProblem(thrown) ? thrown.errors : [];
      setProblems(told);
      // What belongs to no single input is said above the form.
      setFailed(told.find((p) => !texts.includes(p.field as Text) && !p.field.startsWith("origins"))?.message ?? (told.length === 0 ? sentenceOf(thrown) : ""));
    } finally {
      setBusy(false);
    }
  };
  useKeys([
    { keys: "mod+s", label: _("Save"), group: _("This form"), run: () => void submit(), always: true },
    { keys: "alt+ArrowUp", label: _("Move the question up"), group: _("This form"), run: () => undefined, told: true },
    { keys: "alt+ArrowDown", label: _("Move the question down"), group: _("This form"), run: () => undefined, told: true },
  ]);
  return (
    <div className="form-builder">
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
        <TextInput data-autofocus autoFocus={!form} label={_("Name")} description={_("What colleagues call it.")} withAsterisk maxLength={200} {...text("name")} />
        {!form && <TextInput label={_("Key")} description={_("Stands in its address and cannot be changed later.")} placeholder={keyOf(draft.name)} maxLength={60} {...text("key")} />}
        <TextInput label={_("Title")} description={_("Stands above the form; its name unless said.")} maxLength={200} {...text("title")} />
        <Textarea label={_("Introduction")} autosize maxLength={2000} {...text("intro")} />
        <section className="stack" aria-label={_("Questions")}>
          <h3 className="part-title">{_("Questions")}</h3>
          <ul className="stack">
            {draft.fields.map((field, at) => (
              <FieldCard key={field.key} field={field} at={at} count={draft.fields.length} onChange={(next) => setField(at, next)} onRemove={() => setField(at, undefined)} onMove={(by) => set({ fields: moved(draft.fields, at, by) })} />
            ))}
          </ul>
          <div className="line">
            <Button variant="subtle" leftSection={<Icon name="plus" size={14} />} onClick={ask}>{_("A question of your own")}</Button>
            {missing.length > 0 && (
              <Menu position="bottom-start">
                <Menu.Target><Button variant="subtle" leftSection={<Icon name="plus" size={14} />}>{_("About the contact")}</Button></Menu.Target>
                <Menu.Dropdown>
                  {missing.map(({ contact, label }) => <Menu.Item key={contact} onClick={() => set({ fields: [...draft.fields, asked(contact, false, _(label))] })}>{_(label)}</Menu.Item>)}
                </Menu.Dropdown>
              </Menu>
            )}
          </div>
        </section>
        <ConsentCards consents={draft.consents} onChange={(consents) => set({ consents })} />
        <section className="stack" aria-label={_("When it was sent")}>
          <h3 className="part-title">{_("When it was sent")}</h3>
          <Checkbox label={_("Open a lead: somebody wants an answer")} checked={draft.opens_lead} onChange={(event) => set({ opens_lead: event.currentTarget.checked })} />
          <Checkbox label={_("Consent counts once it was confirmed by mail (double opt-in)")} checked={draft.double_opt_in} onChange={(event) => set({ double_opt_in: event.currentTarget.checked })} />
          <Textarea label={_("Thanks")} description={_("Said on the page; “Thank you.” unless said.")} autosize maxLength={2000} {...text("thanks")} />
          <TextInput label={_("Goes on to")} description={_("An https address on one of the allowed sites.")} maxLength={2000} {...text("redirect")} />
          <Textarea label={_("Allowed sites, one a line")} description={_("Only these may send the form, such as https://shop.example. None: any.")} autosize value={draft.origins} error={problems.find((p) => p.field.startsWith("origins"))?.message} onChange={(event) => set({ origins: event.currentTarget.value })} />
          <TextInput label={_("Source of new contacts")} maxLength={200} {...text("source")} />
          <TextInput label={_("Campaign")} description={_("Counted for it when the address names none.")} maxLength={200} {...text("campaign")} />
          <Checkbox label={_("Can be opened and sent")} checked={draft.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
        </section>
        <div className="line">
          <Button type="submit" loading={busy}>{form ? _("Save") : _("Add")}</Button>
          <Button variant="default" onClick={() => void navigate(form ? { to: "/forms/$id", params: { id: form.id } } : { to: "/forms" })}>{_("Cancel")}</Button>
        </div>
      </form>
      <Preview title={draft.title || draft.name} intro={draft.intro} fields={draft.fields} consents={draft.consents} />
    </div>
  );
}; // prettier-ignore

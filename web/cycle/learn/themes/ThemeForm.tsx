import { useState, type FormEvent } from "react";
import { ActionIcon, Button, Drawer, MultiSelect, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Definition, Rule } from "#learn/insight";
import type { reasonsApi } from "#records";
import { client } from "../../../kit/client.ts";
import { count } from "../../../kit/format.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { wired } from "../wire.ts";
import { themes, type Theme } from "./told.ts";

// Changes within this time are one question, in milliseconds.
const pause = 300;
const fresh: Rule = { any: [], all: [], none: [] };

const finished = (d: Definition): Definition => ({ ...d, rules: d.rules.filter((rule) => rule.any.length > 0) });
const saysNothing = (d: Definition): boolean => d.reason_ids.length + finished(d).rules.length === 0;

const Found = ({ definition }: { definition: Definition }) => {
  const { _ } = useLingui();
  const [settled] = useDebouncedValue(definition, pause);
  const ready = !saysNothing(settled);
  const asked = useQuery({
    queryKey: ["themes", "tried", settled],
    queryFn: () => wired(themes().tried({ definition: finished(settled) })),
    enabled: ready,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!ready) return <p className="quiet" role="status">{_("Choose a reason or write a word to see what it finds in the past.")}</p>;
  if (asked.isError) return <p className="note" data-tone="red" role="alert">{sentenceOf(asked.error)}</p>;
  if (!asked.data) return <p className="quiet" role="status">{_("Looking")}</p>;
  const { matched, people, of, examples } = asked.data;
  return (
    <div className="stack" role="status">
      <strong className="number">{_("Finds {matched} of the latest {of} cases, returns, refunds, answers and lost deals, of {people, plural, one {# customer} other {# customers}}", { matched: count(matched), of: count(of), people })}</strong>
      <ul className="said">
        {examples.map((one) => (
          <li key={one.fact_id}>
            <q>{one.said ?? _("its reason")}</q> <span className="quiet small"><bdi>{one.contact}</bdi></span>
          </li>
        ))}
      </ul>
    </div>
  );
}; // prettier-ignore

const RuleEditor = ({ rule, onChange }: { rule: Rule; onChange: (rule: Rule | undefined) => void }) => {
  const { _ } = useLingui();
  const words = { splitChars: [",", ";"], clearable: false, acceptValueOnBlur: true };
  return (
    <li className="rule">
      <div className="stack fill">
        <TagsInput {...words} label={_("Says one of")} placeholder={_("lid*, does not close")} value={rule.any} onChange={(any) => onChange({ ...rule, any })} />
        <TagsInput {...words} label={_("and all of")} value={rule.all} onChange={(all) => onChange({ ...rule, all })} />
        <TagsInput {...words} label={_("and none of")} value={rule.none} onChange={(none) => onChange({ ...rule, none })} />
      </div>
      <ActionIcon aria-label={_("Remove this rule")} onClick={() => onChange(undefined)}><Icon name="x" size={14} /></ActionIcon>
    </li>
  ); // prettier-ignore
};

const useReasons = () => {
  const { data } = useQuery({ queryKey: ["reasons", "all"], queryFn: () => client<typeof reasonsApi>("reasons").list({}) });
  return (data?.items ?? []).map((reason) => ({ value: reason.id, label: reason.parent ? `${reason.parent}: ${reason.label}` : reason.label }));
}; // prettier-ignore

/** Makes or edits a theme: which reasons and which words belong to it, with what it finds in the past as one types. */
export const ThemeForm = ({ theme, onSaved, onClose }: { theme?: Theme; onSaved?: (id: string) => void; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const reasons = useReasons();
  const [name, setName] = useState(theme?.name ?? "");
  const [description, setDescription] = useState(theme?.description ?? "");
  const [definition, setDefinition] = useState<Definition>(theme?.definition ?? { reason_ids: [], rules: [fresh] });
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ name?: string; words?: string }>({});
  const { rules } = definition;
  const put = (at: number, rule: Rule | undefined): void =>
    setDefinition({ ...definition, rules: rule ? rules.with(at, rule) : rules.toSpliced(at, 1) });
  const again = () => cache.invalidateQueries({ queryKey: ["themes"] });
  const save = async (): Promise<string> => {
    const values = { name: name.trim(), description: description.trim() || null, definition: finished(definition) };
    if (!theme) {
      const { id } = await themes().create(values);
      done(_("{name} added", { name: values.name }), () => themes().trash({ id }).then(again));
      return id;
    }
    await themes().update({ ...values, id: theme.id, version: theme.version });
    done(_("{name} changed", { name: values.name }), async () => {
      const now = await themes().get({ id: theme.id });
      await themes().update({ id: theme.id, version: now.version, name: theme.name, description: theme.description, definition: theme.definition });
      await again();
    });
    return theme.id;
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === "") return setFailed({ name: _("Give the theme a name") });
    if (saysNothing(definition)) return setFailed({ words: _("Choose a reason or write a word to see what it finds in the past.") });
    setBusy(true);
    try {
      const id = await save();
      void again();
      onClose();
      onSaved?.(id);
    } catch (thrown) {
      const at = isProblem(thrown) ? thrown.errors.find((error) => error.field === "name")?.message : undefined;
      setFailed(at ? { name: at } : { words: sentenceOf(thrown) });
      setBusy(false);
    }
  };
  return (
    <Drawer opened onClose={onClose} position="right" size={680} title={theme ? _("Edit {name}", { name: theme.name }) : _("New theme")} closeButtonProps={{ "aria-label": _("Close") }}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <div role="alert">{failed.words && <p className="note" data-tone="red">{failed.words}</p>}</div>
        <TextInput data-autofocus label={_("Name")} withAsterisk value={name} maxLength={200} error={failed.name} onChange={(event) => setName(event.currentTarget.value)} />
        <Textarea label={_("Description")} value={description} maxLength={2000} autosize onChange={(event) => setDescription(event.currentTarget.value)} />
        <MultiSelect label={_("Reasons that belong to it")} description={_("Of cases, returns, refunds, lost deals; a group brings those below it.")} searchable data={reasons} value={definition.reason_ids} onChange={(reason_ids) => setDefinition({ ...definition, reason_ids })} nothingFoundMessage={_("Nothing found")} />
        <section aria-label={_("Words")}>
          <h3 className="part-title">{_("Or what customers write")}</h3>
          <p className="quiet small">{_("Whole words, accents and case ignored. A star stands for any ending: lid* also means lids.")}</p>
          <ul className="rules">{rules.map((rule, i) => <RuleEditor key={i} rule={rule} onChange={(next) => put(i, next)} />)}</ul>
          <Button variant="subtle" leftSection={<Icon name="plus" size={14} />} onClick={() => setDefinition({ ...definition, rules: [...rules, fresh] })}>{_("Add a rule")}</Button>
        </section>
        <Found definition={definition} />
        <div className="line">
          <Button type="submit" loading={busy}>{theme ? _("Save") : _("Add")}</Button>
          <Button variant="default" onClick={onClose}>{_("Cancel")}</Button>
        </div>
      </form>
    </Drawer>
  );
}; // prettier-ignore

import { useMemo, useState, type FormEvent } from "react";
import { Button, Checkbox, Drawer, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { objectOf } from "../../kit/boot.ts";
import { total } from "../../kit/format.ts";
import { isProblem, sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { GroupEditor } from "../../records/condition/ConditionEditor.tsx";
import { asGroup, plain, type Group } from "../../records/condition/edit.ts";
import { isWhole } from "../../records/condition/fresh.ts";
import { ConditionSubjectProvider, subjectOf } from "../../records/condition/subject.ts";
import { segments, type Told } from "./told.ts";
import "./attract.css";

export interface SegmentFormProps {
  /** The segment to edit; a new one without. */
  segment?: Told;
  /** The condition of a new one: the filter of a list. */
  given?: Condition;
  onSaved?: (segment: { id: string }) => void;
  onClose: () => void;
}

const first: Group = { all: [{ fact: "order.placed", times: { op: "at_least", n: 1 } }] };
// Changes within this time are one question, in milliseconds.
const pause = 300;

const Preview = ({ condition }: { condition: Condition }) => {
  const { _ } = useLingui();
  const [asked] = useDebouncedValue(condition, pause);
  const ready = isWhole(asked);
  const preview = useQuery({
    queryKey: ["segments", "preview", asked],
    queryFn: () => segments().preview({ condition: plain(asked) }),
    enabled: ready,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!ready) return <p className="quiet" role="status">{_("Finish the condition to see whom it means.")}</p>; // prettier-ignore
  if (preview.isError) return <p className="note" data-tone="red" role="alert">{sentenceOf(preview.error)}</p>; // prettier-ignore
  if (!preview.data) return <p className="quiet" role="status">{_("Counting")}</p>; // prettier-ignore
  const { count, exact, samples } = preview.data;
  const said = count === null ? _("Too many to count within a second") : exact ? _("{n, plural, one {# contact} other {# contacts}}", { n: count }) : _("About {n} contacts", { n: total({ count, exact: true }) }); // prettier-ignore
  return (
    <div className="segment-preview" role="status">
      <strong className="number">{said}</strong>
      {samples.length > 0 && <p className="quiet small clip">{samples.map((one) => one.name).join(", ")}</p>}
    </div>
  );
};

/** Makes or edits a segment: its name, and who belongs to it, with a count that follows every change. */
export const SegmentForm = ({ segment, given, onSaved, onClose }: SegmentFormProps) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [name, setName] = useState(segment?.name ?? "");
  const [description, setDescription] = useState(segment?.description ?? "");
  const [kind, setKind] = useState<"dynamic" | "static">(segment?.kind ?? "dynamic");
  const [active, setActive] = useState(segment?.active ?? true);
  const [group, setGroup] = useState<Group>(() => (segment?.condition ? asGroup(segment.condition) : given ? asGroup(given) : first));
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ name?: string | undefined; words?: string }>({});
  const contact = objectOf("contact");
  const subject = useMemo(
    () => contact && { ...subjectOf(contact), fresh: { field: "country", op: "is_set" } as const },
    [contact],
  );
  if (!subject) return null;
  const again = () => cache.invalidateQueries({ queryKey: ["segments"] });
  const save = async (): Promise<{ id: string }> => {
    const condition = kind === "dynamic" ? { condition: plain(group) } : {};
    const values = { name: name.trim(), description: description.trim() };
    if (!segment) return segments().create({ ...values, kind, ...condition });
    const saved = await segments().update({ ...values, active, id: segment.id, version: segment.version, ...condition });
    const before = { name: segment.name, description: segment.description ?? "", active: segment.active, ...(segment.condition ? { condition: segment.condition } : {}) };
    done(_("{name} changed", { name: saved.name }), async () => {
      const now = await segments().get({ id: segment.id });
      await segments().update({ ...before, id: segment.id, version: now.version });
      await again();
    });
    return saved;
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === "") return setFailed({ name: _("Give the segment a name") });
    if (kind === "dynamic" && !isWhole(group)) return setFailed({ words: _("Finish the condition to see whom it means.") });
    setBusy(true);
    try {
      const saved = await save();
      if (!segment) done(_("{name} added", { name: name.trim() }), async () => { await segments().trash({ id: saved.id }); await again(); });
      void again();
      onClose();
      onSaved?.(saved);
    } catch (thrown) {
      const at = isProblem(thrown) ? thrown.errors.find((error) => error.field === "name")?.message : undefined;
      setFailed(at ? { name: at } : { words: sentenceOf(thrown) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer opened onClose={onClose} position="right" size={680} title={segment ? _("Edit {name}", { name: segment.name }) : _("New segment")} closeButtonProps={{ "aria-label": _("Close") }}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <div role="alert">{failed.words && <p className="note" data-tone="red">{failed.words}</p>}</div>
        <TextInput data-autofocus label={_("Name")} withAsterisk value={name} maxLength={200} error={failed.name} onChange={(event) => setName(event.currentTarget.value)} />
        <Textarea label={_("Description")} value={description} maxLength={2000} autosize onChange={(event) => setDescription(event.currentTarget.value)} />
        {!segment && !given && (
          <NativeSelect label={_("Who belongs to it")} value={kind} onChange={(event) => setKind(event.currentTarget.value === "static" ? "static" : "dynamic")}
            data={[{ value: "dynamic", label: _("Whoever meets a condition, always up to date") }, { value: "static", label: _("Contacts chosen by hand") }]} />
        )}
        {kind === "dynamic" && (
          <ConditionSubjectProvider value={subject}>
            <GroupEditor group={group} onChange={setGroup} />
            <Preview condition={group} />
          </ConditionSubjectProvider>
        )}
        {segment && kind === "dynamic" && <Checkbox label={_("Keep it up to date")} checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />}
        <div className="line">
          <Button type="submit" loading={busy}>{segment ? _("Save") : _("Add")}</Button>
          <Button variant="default" onClick={onClose}>{_("Cancel")}</Button>
        </div>
      </form>
    </Drawer>
  );
}; // prettier-ignore

import { useState, type FormEvent } from "react";
import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { tell } from "../../kit/notes.ts";
import { isProblem, sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { useSegments } from "../../records/condition/SegmentEditor.tsx";
import { segments } from "./told.ts";

/** The selected contacts, or all that a list shows. */
export type Whom = { ids: readonly string[] } | { filter?: Condition; q?: string };

const atOnce = 200; // contacts of one request

/** Puts contacts into a segment made by hand: one that is there, or a new one. */
const AddToSegment = ({ whom, onDone, onClose }: { whom: Whom; onDone: () => void; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const known = useSegments();
  const byHand = (known.data ?? []).filter((one) => one.kind === "static" && !one.kept);
  const [chosen, setChosen] = useState<string>();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();
  const to = chosen ?? byHand[0]?.id ?? "";
  const again = () => Promise.all(["segments", "contacts"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
  const add = async (id: string): Promise<{ added: string[]; job: boolean }> => {
    if (!("ids" in whom)) {
      const answer = await segments().add({ id, ...whom });
      return { added: answer.added ?? [], job: answer.job_id !== undefined };
    }
    const added: string[] = [];
    for (let i = 0; i < whom.ids.length; i += atOnce) added.push(...((await segments().add({ id, contact_ids: whom.ids.slice(i, i + atOnce) })).added ?? []));
    return { added, job: false };
  };
  const takeBack = async (id: string, made: boolean, added: readonly string[]): Promise<void> => {
    for (let i = 0; i < added.length; i += atOnce) await segments().remove({ id, contact_ids: added.slice(i, i + atOnce).join(",") });
    if (made) await segments().trash({ id });
    await again();
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (to === "" && name.trim() === "") return setFailed(_("Give the segment a name"));
    setBusy(true);
    try {
      const made = to === "";
      const id = made ? (await segments().create({ name: name.trim(), kind: "static" })).id : to;
      const { added, job } = await add(id);
      const called = made ? name.trim() : (byHand.find((one) => one.id === id)?.name ?? "");
      if (job) tell(_("The contacts are being added to {name}.", { name: called }));
      else done(_("{n, plural, =0 {Nobody was added to {name}: all are in it} one {# contact added to {name}} other {# contacts added to {name}}}", { n: added.length, name: called }), () => takeBack(id, made, added));
      void again();
      onDone();
      onClose();
    } catch (thrown) {
      setFailed((isProblem(thrown) && thrown.errors[0]?.message) || sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={_("Add to a segment")} closeButtonProps={{ "aria-label": _("Close") }}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <NativeSelect data-autofocus label={_("Segment")} value={to} onChange={(event) => setChosen(event.currentTarget.value)}
          data={[...byHand.map((one) => ({ value: one.id, label: one.name })), { value: "", label: _("A new one") }]} />
        {to === "" && <TextInput label={_("Name")} withAsterisk value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />}
        <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
        <div className="line">
          <Button type="submit" loading={busy} disabled={!known.data}>{_("Add")}</Button>
          <Button variant="default" onClick={onClose}>{_("Cancel")}</Button>
        </div>
      </form>
    </Modal>
  );
}; // prettier-ignore
export default AddToSegment;

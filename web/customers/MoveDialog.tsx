import { useState, type FormEvent } from "react";
import { Button, Modal, Select, Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { isProblem, sentenceOf } from "../kit/problem.ts";
import { done } from "../kit/undo.ts";
import type { Rec } from "../records/record.ts";
import { customersOf, type Plural } from "./told.ts";
import { stageWord, stageWords } from "./stages.tsx";
import { textIn } from "./values.ts";

const shortest = 3; // letters of a reason

const useMove = (plural: Plural, record: Rec, name: string) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = (): Promise<unknown> =>
    Promise.all(
      [[plural], ["story", record.id], ["timeline", record.id], ["cycle"]].map((queryKey) =>
        cache.invalidateQueries({ queryKey }),
      ),
    );
  return async (to: string, reason: string): Promise<void> => {
    const from = textIn(record, "lifecycle_stage");
    await customersOf(plural).move(record.id, to, reason);
    await again();
    done(_("{name} moved to {stage}", { name, stage: _(stageWord(to).label) }), () =>
      customersOf(plural).move(record.id, from, _("Taken back: {reason}", { reason })).then(again),
    );
  };
};

/** Moves a customer to another stage by hand; a reason is needed, because it stands on the timeline for everybody. */
export const MoveDialog = ({ plural, record, name, onClose }: { plural: Plural; record: Rec; name: string; onClose: () => void }) => {
  const { _ } = useLingui();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ to?: string | undefined; reason?: string | undefined; words?: string }>({});
  const move = useMove(plural, record, name);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (!to || reason.trim().length < shortest)
      return setFailed({
        to: to ? undefined : _("Choose a stage"),
        reason: reason.trim().length < shortest ? _("Say why, in words that colleagues read") : undefined,
      });
    setBusy(true);
    try {
      await move(to, reason.trim());
      onClose();
    } catch (thrown) {
      const at = (field: string) => (isProblem(thrown) ? thrown.errors.find((error) => error.field === field)?.message : undefined);
      const told = { to: at("to"), reason: at("reason") };
      setFailed({ ...told, ...(told.to ?? told.reason ? {} : { words: sentenceOf(thrown) }) });
    } finally {
      setBusy(false);
    }
  };
  const choices = stageWords().filter((stage) => stage.value !== record["lifecycle_stage"]);
  return (
    <Modal opened onClose={onClose} title={_("Move {name} by hand", { name })} closeButtonProps={{ "aria-label": _("Close") }}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <p className="quiet">{_("Stages follow from what customers do. A move by hand stays until the next fact or time moves them on.")}</p>
        <div role="alert">{failed.words && <p className="note" data-tone="red">{failed.words}</p>}</div>
        <Select
          data-autofocus
          label={_("To")}
          data={choices.map((stage) => ({ value: stage.value, label: _(stage.label) }))}
          value={to}
          onChange={setTo}
          error={failed.to}
          withAsterisk
          comboboxProps={{ withinPortal: false }}
        />
        <Textarea
          label={_("Reason")}
          description={_("Stands on the timeline beside the move.")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={failed.reason}
          maxLength={500}
          minRows={2}
          withAsterisk
        />
        <div className="line">
          <Button type="submit" loading={busy}>{_("Move")}</Button>
          <Button variant="default" onClick={onClose}>{_("Cancel")}</Button>
        </div>
      </form>
    </Modal>
  );
}; // prettier-ignore

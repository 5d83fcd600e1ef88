import { useState, type FormEvent } from "react";
import { Button, Modal, NativeSelect, Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { Purpose } from "#customers";
import { sentenceOf } from "../kit/problem.ts";
import { done } from "../kit/undo.ts";
import { purposeChoices, purposeWord } from "../records/filter/purposes.ts";
import { consents } from "./ConsentPanel.tsx";

const shortest = 3; // letters of a reason

/** Notes what a contact said about consent; how one knows it is needed, because it is the proof. */
export const ConsentDialog = ({ contactId, given, onClose }: { contactId: string; given: readonly Purpose[]; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [purpose, setPurpose] = useState<Purpose>("newsletter");
  const [said, setSaid] = useState<"given" | "withdrawn">(given.includes("newsletter") ? "withdrawn" : "given");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const save = async (status: "given" | "withdrawn", why: string): Promise<void> => {
    await consents().say({ id: contactId, purpose, status, reason: why });
    await cache.invalidateQueries({ queryKey: ["consents", contactId] });
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (reason.trim().length < shortest) return setFailed(_("Say how you know, so that others can prove it later."));
    setBusy(true);
    try {
      await save(said, reason.trim());
      const words = said === "given" ? _("Consent noted: {purpose}", { purpose: _(purposeWord(purpose)) }) : _("Consent withdrawn: {purpose}", { purpose: _(purposeWord(purpose)) });
      done(words, () => save(said === "given" ? "withdrawn" : "given", _("Taken back: {reason}", { reason: reason.trim() })));
      onClose();
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={_("Note consent")} closeButtonProps={{ "aria-label": _("Close") }}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <NativeSelect data-autofocus label={_("Purpose")} value={purpose} data={purposeChoices.map(({ value, label }) => ({ value, label: _(label) }))}
          onChange={(event) => { const next = event.currentTarget.value as Purpose; setPurpose(next); setSaid(given.includes(next) ? "withdrawn" : "given"); }} />
        <NativeSelect label={_("They said")} value={said} data={[{ value: "given", label: _("Yes, write to me") }, { value: "withdrawn", label: _("No, do not write to me") }]}
          onChange={(event) => setSaid(event.currentTarget.value === "given" ? "given" : "withdrawn")} />
        <Textarea label={_("How do you know?")} description={_("Kept as proof: a call, a card at the fair, a letter.")} value={reason} maxLength={500} minRows={2} withAsterisk error={failed || undefined}
          onChange={(event) => setReason(event.currentTarget.value)} />
        <div className="line">
          <Button type="submit" loading={busy}>{_("Save")}</Button>
          <Button variant="default" onClick={onClose}>{_("Cancel")}</Button>
        </div>
      </form>
    </Modal>
  );
}; // prettier-ignore

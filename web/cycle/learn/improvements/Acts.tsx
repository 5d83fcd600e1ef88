import { useState } from "react";
import { Button, Menu, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { NextStep } from "#learn/improvement";
import { may } from "../../../kit/boot.ts";
import { dayOf } from "../../../kit/format.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { wired } from "../wire.ts";
import { Size } from "./Size.tsx";
import { improvements, type Improvement, type Plan } from "./told.ts";

const dayMs = 86_400_000;
const inDays = (days: number): string => dayOf(new Date(Date.now() + days * dayMs));

const ReviewDialog = ({ it, act, onClose }: { it: Improvement; act: "start" | "extend"; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const plan = it.plan as Plan;
  const size = useQuery({ queryKey: ["improvements", "size", plan], queryFn: () => wired(improvements().size({ plan })), enabled: act === "start" });
  const [day, setDay] = useState(inDays(act === "start" ? 90 : 60));
  const at = new Date(`${day}T09:00:00Z`);
  const save = async (): Promise<void> => {
    const asked = { id: it.id, review_at: at.toISOString() };
    await (act === "start" ? improvements().start(asked) : improvements().extend(asked));
    tell(act === "start" ? _("It runs. Whom it is for and how it is measured are frozen now.") : _("It runs on until the new review."));
    void cache.invalidateQueries({ queryKey: ["improvements"] });
    void cache.invalidateQueries({ queryKey: ["insights"] });
  };
  return (
    <Dialog title={act === "start" ? _("Start the improvement") : _("Give it more time")} verb={act === "start" ? _("Start") : _("Extend")} fields={["review_at"]} onSubmit={save} onClose={onClose} size={520}>
      {(errors) => (
        <>
          <TextInput type="date" data-autofocus label={_("Review")} description={_("It is measured on that day, once. Looking earlier gives no verdict.")} min={inDays(1)} value={day} error={errors["review_at"]} onChange={(event) => setDay(event.currentTarget.value)} />
          {act === "start" && size.data && <Size plan={plan} size={size.data} until={at} />}
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

const StopDialog = ({ it, onClose }: { it: Improvement; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [reason, setReason] = useState("");
  const save = async (): Promise<void> => {
    await improvements().stop({ id: it.id, reason });
    const again = () => cache.invalidateQueries({ queryKey: ["improvements"] });
    const { review_at } = it;
    done(_("Improvement stopped"), async () => {
      if (review_at) await improvements().extend({ id: it.id, review_at });
      await again();
    });
    void again();
  };
  return (
    <Dialog title={_("Stop the improvement")} verb={_("Stop it")} fields={["reason"]} onSubmit={save} onClose={onClose}>
      {(errors) => <TextInput data-autofocus label={_("Why")} withAsterisk value={reason} maxLength={500} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} />}
    </Dialog>
  );
}; // prettier-ignore

const steps: readonly { value: NextStep; label: string }[] = [
  { value: "keep", label: "Keep it, for everybody" },
  { value: "stop", label: "Stop it" },
  { value: "change", label: "Change it and try again" },
  { value: "repeat", label: "Repeat it as it is" },
];

const useDecide = (it: Improvement) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const again = () => cache.invalidateQueries({ queryKey: ["improvements"] });
  return async (next_step: NextStep): Promise<void> => {
    try {
      const { next_id } = await improvements().decide({ id: it.id, next_step });
      done(_("Decided"), () => improvements().reopen({ id: it.id }).then(again));
      void again();
      if (next_id) void navigate({ to: "/improvements/$id", params: { id: next_id } });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
};

/** What can be done with an improvement where it stands. */
export const Acts = ({ it, onEdit }: { it: Improvement; onEdit: () => void }) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState<"start" | "extend" | "stop">();
  const decide = useDecide(it);
  if (!may("improvements.update") || it.deleted_at) return null;
  const close = (): void => setOpen(undefined);
  return (
    <>
      {it.state === "draft" && <Button variant="default" onClick={onEdit}>{_("Edit")}</Button>}
      {it.state === "draft" && <Button onClick={() => setOpen("start")}>{_("Start…")}</Button>}
      {it.state === "running" && <Button variant="default" onClick={() => setOpen("stop")}>{_("Stop…")}</Button>}
      {it.state !== "draft" && <Button variant="default" onClick={() => setOpen("extend")}>{_("More time…")}</Button>}
      {it.state === "review" && (
        <Menu position="bottom-end">
          <Menu.Target><Button>{_("Decide")}</Button></Menu.Target>
          <Menu.Dropdown>{steps.map((step) => <Menu.Item key={step.value} onClick={() => void decide(step.value)}>{_(step.label)}</Menu.Item>)}</Menu.Dropdown>
        </Menu>
      )}
      {open === "stop" && <StopDialog it={it} onClose={close} />}
      {(open === "start" || open === "extend") && <ReviewDialog it={it} act={open} onClose={close} />}
    </>
  );
}; // prettier-ignore

import { useState } from "react";
import { NativeSelect, Textarea } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { CallOutcome } from "#convert/activities";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { done } from "../../../kit/undo.ts";
import { calls, useAgain } from "./told.ts";
import type { WriteProps } from "./WriteBox.tsx";
import { WriteForm } from "./WriteForm.tsx";

export const outcomeWords: Readonly<Record<CallOutcome, string>> = {
  reached: "Reached",
  left_message: "Left a message",
  no_answer: "No answer",
  called_us: "They called us",
};
const names = Object.keys(outcomeWords) as CallOutcome[];

/** Logs a call: what came of it, how long, and what was said. */
export const WriteCall = ({ contactId, accountId, onDone }: WriteProps) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [outcome, setOutcome] = useState<CallOutcome>("reached");
  const [minutes, setMinutes] = useState<number | null>(5);
  const [text, setText] = useState("");
  const submit = async (): Promise<void> => {
    const { id } = await calls().log({ contact_id: contactId, account_id: accountId, outcome, minutes: outcome === "no_answer" ? 0 : (minutes ?? 0), text }); // prettier-ignore
    await again();
    done(_("Call logged"), () => calls().remove({ id }).then(again));
  };
  return (
    <WriteForm verb={_("Log the call")} ready onSubmit={submit} onDone={onDone}>
      <div className="write-row">
        <NativeSelect autoFocus label={_("What came of it")} value={outcome} data={names.map((value) => ({ value, label: _(outcomeWords[value]) }))} onChange={(event) => setOutcome(names.find((name) => name === event.currentTarget.value) ?? "reached")} />
        {outcome !== "no_answer" && <FigureInput label={_("Minutes")} whole w={90} value={minutes} onChange={setMinutes} />}
      </div>
      <Textarea label={_("What was said")} autosize minRows={2} maxRows={12} maxLength={20_000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
    </WriteForm>
  ); // prettier-ignore
};

import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { may, objectOf } from "../../../kit/boot.ts";
import { useKeys } from "../../../kit/keys.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { ConvertDialog } from "./ConvertDialog.tsx";
import { ReplyDialog } from "./ReplyDialog.tsx";
import { leads, useAgain, type Lead } from "./told.ts";
import { UnqualifyDialog } from "./UnqualifyDialog.tsx";

interface Act {
  key: string;
  label: string;
  run: () => void;
  first?: boolean;
}

/** The steps of a lead that can be taken now. */
const useActs = (lead: Lead, ask: (dialog: "reply" | "unqualify" | "convert") => void): readonly Act[] => {
  const { _ } = useLingui();
  const again = useAgain();
  const step = (work: () => Promise<unknown>, words: string, undo: () => Promise<unknown>) => (): void =>
    void work().then(
      () => again().then(() => done(words, () => undo().then(again))),
      (thrown: unknown) => {
        tell(sentenceOf(thrown), { tone: "bad" });
        void again();
      },
    ); // prettier-ignore
  const takeBack = () => leads().takeBack({ id: lead.id });
  if (!may("leads.update") || lead.deleted_at) return [];
  const { id, name } = lead;
  if (lead.converted_at)
    return may("leads.convert") ? [{ key: "z", label: _("Undo the conversion"), run: step(() => leads().undoConvert({ id }), _("{name} is a lead again", { name }), () => leads().convert({ id })) }] : []; // prettier-ignore
  if (lead.status === "disqualified")
    return [{ key: "r", label: _("Open again"), first: true, run: step(() => leads().reopen({ id }), _("{name} is open again", { name }), takeBack) }]; // prettier-ignore
  const convert = may("leads.convert") && objectOf("opportunities") !== undefined;
  return [
    { key: "e", label: lead.responded_at ? _("Write") : _("Answer"), run: () => ask("reply"), first: !lead.responded_at },
    ...(lead.status === "qualified" ? [] : [{ key: "q", label: _("Qualify"), run: step(() => leads().qualify({ id }), _("{name} is qualified", { name }), takeBack) }]),
    ...(convert ? [{ key: "v", label: _("Convert"), run: () => ask("convert"), first: lead.responded_at !== null }] : []),
    { key: "x", label: _("Set aside"), run: () => ask("unqualify") },
  ]; // prettier-ignore
};

/** What can be done with a lead, by button and by key: E answer, Q qualify, V convert, X set aside. */
export const LeadActs = ({ lead }: { lead: Lead }) => {
  const { _ } = useLingui();
  const [dialog, setDialog] = useState<"reply" | "unqualify" | "convert">();
  const acts = useActs(lead, setDialog);
  useKeys(acts.map(({ key, label, run }) => ({ keys: key, label, group: _("This lead"), run })));
  const close = (): void => setDialog(undefined);
  return (
    <>
      <div className="lead-acts">
        {acts.map(({ key, label, run, first }) => (
          <Button key={key} variant={first ? "filled" : "default"} onClick={run} rightSection={<kbd aria-hidden>{key.toUpperCase()}</kbd>}>
            {label}
          </Button>
        ))}
      </div>
      {dialog === "reply" && <ReplyDialog lead={lead} onClose={close} />}
      {dialog === "unqualify" && <UnqualifyDialog lead={lead} onClose={close} />}
      {dialog === "convert" && <ConvertDialog lead={lead} onClose={close} />}
    </>
  ); // prettier-ignore
};

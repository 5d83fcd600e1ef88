import { useState } from "react";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { RelationPicker, type Pick } from "../../../kit/form/RelationPicker.tsx";
import { tell } from "../../../kit/notes.ts";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { surveys } from "./told.ts";

/** Asks everybody in a segment by hand; within a minute it can be taken back whole. */
export const AskSegment = ({ id, name, onClose }: { id: string; name: string; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [segment, setSegment] = useState<Pick | null>(null);
  const again = () => cache.invalidateQueries({ queryKey: ["surveys"] });
  const ask = async (): Promise<void> => {
    const { wave, asked } = await surveys().ask({ id, segment_id: segment?.id ?? "" });
    if (asked === 0) tell(_("Nobody is in this segment"));
    else done(_("{n, plural, one {# person is} other {# people are}} asked in a minute", { n: asked }), () => surveys().callOff({ id, wave }).then(again)); // prettier-ignore
    await again();
  };
  return (
    <Dialog title={_("Ask “{name}” by hand", { name })} verb={_("Ask")} disabled={!segment} fields={["segment_id"]} onSubmit={ask} onClose={onClose}>
      {(errors) => (
        <>
          <RelationPicker autoFocus to="segment" label={_("Everybody in")} value={segment?.id ?? null} title={segment?.title} error={errors.segment_id} onPick={setSegment} />
          <p className="quiet">{_("Whoever has an open case, said no to surveys, was asked a short while ago or has had enough mails is left out; you see who and why.")}</p>
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import type { DescribedObject } from "../kit/boot.ts";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { done } from "../kit/undo.ts";
import { recordsOf, titleOf, type Rec } from "../records/record.ts";
import type { Plural } from "./told.ts";

/** Moves a customer to the trash, goes back to the list, and offers to take it back. */
export const useTrashing = (plural: Plural, object: DescribedObject) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const again = () => cache.invalidateQueries({ queryKey: [plural] });
  return async (record: Rec): Promise<void> => {
    try {
      await recordsOf(plural).trash(record.id);
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
      return;
    }
    done(_("{name} moved to the trash", { name: titleOf(object, record) }), () =>
      recordsOf(plural).restore(record.id).then(again),
    );
    void again();
    void navigate({ to: `/${plural}` });
  };
};

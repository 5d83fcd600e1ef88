import { useLingui } from "@lingui/react";
import type { QuietLeaf } from "#kernel/condition";
import { FigureInput } from "../../kit/form/FigureInput.tsx";
import { FactSelect } from "./FactEditor.tsx";

/** Edits "silent for 2 times the usual gap since they last placed an order, at least 30 days". */
export const QuietEditor = ({ leaf, onChange }: { leaf: QuietLeaf; onChange: (leaf: QuietLeaf) => void }) => {
  const { _ } = useLingui();
  return (
    <div className="cond-line">
      <span>{_("silent since they last")}</span>
      <FactSelect value={leaf.quiet} onChange={(quiet) => onChange({ ...leaf, quiet })} />
      <span>{_("for")}</span>
      <FigureInput
        aria-label={_("Times the usual gap")}
        w={64}
        value={leaf.factor}
        onChange={(factor) => factor && factor > 0 && onChange({ ...leaf, factor })}
      />
      <span>{_("times the usual gap, and at least")}</span>
      <FigureInput
        aria-label={_("At least, days")}
        w={64}
        whole
        value={leaf.at_least_days ?? 0}
        onChange={(n) => onChange({ ...leaf, at_least_days: Math.max(0, n ?? 0) })}
      />
      <span>{_("days; who ordered too rarely to have a gap counts as")}</span>
      <FigureInput
        aria-label={_("Gap of who has none, days")}
        w={64}
        whole
        value={leaf.usual_gap_days}
        onChange={(n) => n && n > 0 && onChange({ ...leaf, usual_gap_days: n })}
      />
      <span>{_("days")}</span>
    </div>
  );
};

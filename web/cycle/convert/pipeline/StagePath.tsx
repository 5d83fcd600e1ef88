import { useState } from "react";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { tell } from "../../../kit/notes.ts";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { AskDialog } from "./AskDialog.tsx";
import { opportunities, pipelines, type Opportunity } from "./told.ts";

/** The stages of its pipeline, the one it stands in marked; one press moves it. */
export const StagePath = ({ deal }: { deal: Opportunity }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<{ id: string; name: string; fields: readonly string[] }>();
  const asked = useQuery({ queryKey: ["pipelines", "told"], queryFn: () => pipelines().told({}) });
  const stages = asked.data?.items.find((one) => one.id === deal.pipeline_id)?.stages ?? [];
  const again = () => cache.invalidateQueries({ queryKey: ["opportunities"] });
  type Said = { values?: Record<string, unknown>; lost_reason_id?: string | null };
  const send = async (stage: { id: string; name: string }, said: Said): Promise<void> => {
    await opportunities().move({ id: deal.id, stage_id: stage.id, version: deal.version, ...said });
    await again();
    done(_("{name} moved to {stage}", { name: deal.name, stage: stage.name }), () =>
      opportunities().move({ id: deal.id, stage_id: deal.stage_id, ...(deal.lost_reason_id ? { lost_reason_id: deal.lost_reason_id } : {}) }).then(again),
    );
  }; // prettier-ignore
  const move = async (stage: (typeof stages)[number]): Promise<void> => {
    if (stage.category === "lost") return setAsking({ ...stage, fields: ["lost_reason_id"] });
    try {
      await send(stage, {});
    } catch (thrown) {
      if (isProblem(thrown) && thrown.code === "opportunity.fields-required")
        return setAsking({ ...stage, fields: thrown.errors.map((error) => error.field) });
      tell(sentenceOf(thrown), { tone: "bad" });
      void again();
    }
  };
  const movable = may("opportunities.update") && !deal.deleted_at;
  return (
    <>
      <ol className="path" aria-label={_("Stages")}>
        {stages.map((stage) => {
          const dot = stage.category === "open" ? null : <span className="dot" data-tone={stage.category === "won" ? "green" : "red"} aria-hidden />; // prettier-ignore
          return (
            <li key={stage.id}>
              {stage.id === deal.stage_id || !movable ? (
                <span {...(stage.id === deal.stage_id ? { "aria-current": "step" as const } : {})}>{dot}{stage.name}</span>
              ) : (
                <button type="button" onClick={() => void move(stage)}>{dot}{stage.name}</button>
              )}
            </li>
          );
        })}
      </ol>
      {asking && (
        <AskDialog name={deal.name} stage={asking.name} currency={deal.currency} fields={asking.fields} onSay={(said) => send(asking, said)} onClose={() => setAsking(undefined)} />
      )}
    </>
  ); // prettier-ignore
};

import { useLingui } from "@lingui/react";
import type { State, Verdict } from "#learn/improvement";
import { objectOf } from "../../../kit/boot.ts";

/** Where an improvement stands: its verdict, or its state while there is none. */
export const VerdictChip = ({ state, verdict }: { state: State; verdict: Verdict | null }) => {
  const { _ } = useLingui();
  const choices = (name: string) => objectOf("improvements")?.fields.find((f) => f.name === name)?.choices ?? [];
  const word = (verdict && choices("verdict").find((c) => c.value === verdict)) || choices("state").find((c) => c.value === state); // prettier-ignore
  return (
    <span className="chip" data-tone={word?.tone}>
      <span className="dot" /> {_(word?.label ?? state)}
    </span>
  );
};

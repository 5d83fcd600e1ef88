import { useLingui } from "@lingui/react";
import { instant } from "../../../kit/format.ts";
import { untilWords, type Lead } from "./told.ts";

/** When the first answer is due, or how late it is; nothing once somebody answered. */
export const AnswerBy = ({ lead }: { lead: Lead }) => {
  const { _ } = useLingui();
  if (lead.responded_at || !lead.first_response_due || lead.status !== "open") return null;
  const { late, n, unit } = untilWords(lead.first_response_due);
  const words = late ? _("{n} {unit} late", { n, unit }) : _("answer within {n} {unit}", { n, unit });
  return (
    <span className="line" data-tone={late ? "red" : "amber"} title={instant(lead.first_response_due)}>
      <span className="dot" /> <span>{words}</span>
    </span>
  );
};

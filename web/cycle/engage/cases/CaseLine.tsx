import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { shortDay } from "../../../customers/days.ts";
import { objectOf } from "../../../kit/boot.ts";
import { useNow } from "./Clocks.tsx";
import { lasting } from "../../../kit/lasting.ts";
import type { Story } from "./told.ts";

const useStatus = (value: string): { label: string; tone: string } => {
  const { _ } = useLingui();
  const choice = objectOf("cases")?.fields.find((field) => field.name === "status")?.choices?.find((one) => one.value === value); // prettier-ignore
  return { label: _(choice?.label ?? value), tone: choice?.tone ?? "neutral" };
};

/** A case on one line: how it stands, what it is about, and what is next. */
export const CaseLine = ({ other }: { other: Story["others"][number] }) => {
  const { _ } = useLingui();
  const { label, tone } = useStatus(other.status);
  const now = useNow();
  const left = other.due_at ? Date.parse(other.due_at) - now.getTime() : null;
  const over = other.status === "resolved" || other.status === "closed";
  const next = over || left === null ? shortDay(other.created_at) : left < 0 ? _("{time} late", { time: lasting(left) }) : _("due in {time}", { time: lasting(left) }); // prettier-ignore
  return (
    <li>
      <Link className="side-line line" to="/cases/$id" params={{ id: other.id }} data-tone={tone}>
        <span className="dot" title={label} />
        <span className="unseen">{label}</span>
        <span className="fill clip"><bdi>{other.subject}</bdi></span>
        <span className="quiet small number">{next}</span>
      </Link>
    </li>
  ); // prettier-ignore
};

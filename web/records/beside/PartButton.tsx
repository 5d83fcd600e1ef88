import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { count } from "../../kit/format.ts";
import type { BesidePart, Here } from "../../kit/here.ts";
import { Icon } from "../../kit/Icon.tsx";
import type { IconName } from "../../kit/icons.ts";
import { useKeys } from "../../kit/keys.ts";
import { partWords } from "./words.ts";

export interface PartButtonProps {
  here: Here;
  part: BesidePart;
  icon: IconName;
  keys: string;
  n: number;
}

/** Shows or hides one part of what lies beside the record. */
export const PartButton = ({ here, part, icon, keys, n }: PartButtonProps) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const open = here.part === part;
  const label = _(partWords[part]);
  const turn = (): void =>
    void navigate({ to: ".", search: true, hash: open ? "" : part, replace: true, resetScroll: false });
  useKeys([{ keys, label, group: _("This record"), run: turn }]);
  return (
    <button type="button" className="beside-button" aria-pressed={open} aria-label={n > 0 ? _("{part}: {n}", { part: label, n: count(n) }) : label} title={label} onClick={turn}>
      <Icon name={icon} />
      {n > 0 && <span className="number small">{count(n)}</span>}
    </button>
  ); // prettier-ignore
};

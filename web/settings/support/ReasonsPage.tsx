import { useState } from "react";
import { ActionIcon, Button, Checkbox } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Reason } from "#records";
import { may } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { ReasonDialog } from "./ReasonDialog.tsx";
import { movedBy, reasonKey, reasons, useWords } from "./reasons.ts";
import "./support.css";

const useActs = (all: readonly Reason[], seen: number) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: reasonKey });
  const act = async (work: () => Promise<{ version: number }>, sentence: string, undo: (version: number) => Promise<unknown>): Promise<void> => {
    try {
      const { version } = await work();
      await again();
      done(sentence, () => undo(version).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
      await again();
    }
  };
  return {
    retire: ({ id, label, active, version }: Reason) =>
      act(() => reasons().update({ id, version, active: !active }), active ? _("{name} retired", { name: label }) : _("{name} is offered again", { name: label }), (now) => reasons().update({ id, version: now, active })),
    move: ({ id, label, parent_id }: Reason, step: -1 | 1) => {
      const ids = movedBy(all, id, step);
      const before = all.filter((reason) => reason.parent_id === parent_id).map((reason) => reason.id);
      return ids && act(() => reasons().order({ ids, version: seen }), _("{name} moved", { name: label }), (version) => reasons().order({ ids: before, version }));
    },
  };
}; // prettier-ignore

const Row = ({
  reason,
  all,
  seen,
  onEdit,
}: {
  reason: Reason;
  all: readonly Reason[];
  seen: number;
  onEdit: () => void;
}) => {
  const { _ } = useLingui();
  const { retire, move } = useActs(all, seen);
  const name = reason.label;
  return (
    <li data-below={reason.parent_id !== null}>
      <span className="fill">
        <strong><bdi>{name}</bdi></strong> {!reason.active && <span className="chip">{_("Retired")}</span>}
        <span className="quiet small reason-uses">{reason.applies_to.map((use) => _(useWords[use])).join(", ")}</span>
      </span>
      {may("reasons.manage") && (
        <span className="line">
          <ActionIcon variant="subtle" aria-label={_("Move {name} up", { name })} disabled={!movedBy(all, reason.id, -1)} onClick={() => void move(reason, -1)}><Icon name="sortAsc" /></ActionIcon>
          <ActionIcon variant="subtle" aria-label={_("Move {name} down", { name })} disabled={!movedBy(all, reason.id, 1)} onClick={() => void move(reason, 1)}><Icon name="sortDesc" /></ActionIcon>
          <Button variant="default" aria-label={_("Edit {name}", { name })} onClick={onEdit}>{_("Edit")}</Button>
          <Button variant="default" aria-label={reason.active ? _("Retire {name}", { name }) : _("Offer again: {name}", { name })} onClick={() => void retire(reason)}>{reason.active ? _("Retire") : _("Offer again")}</Button>
        </span>
      )}
    </li>
  ); // prettier-ignore
};

/** The one taxonomy of reasons: what they are called, what they explain, in which order they are offered. */
export const ReasonsPage = () => {
  const { _ } = useLingui();
  const [retired, setRetired] = useState(false);
  const [open, setOpen] = useState<{ reason?: Reason }>();
  const asked = useQuery({ queryKey: [...reasonKey, "all"], queryFn: () => reasons().list({ retired: "true" }) });
  const manages = may("reasons.manage");
  useKeys(manages ? [{ keys: "c", label: _("New reason"), group: _("Reasons"), run: () => setOpen({}) }] : []);
  const lead = _("Why things go wrong or nowhere. Cases, returns, refunds, lost deals and leaving customers share these words, so that one cause is counted once.");
  const add = manages && <Button onClick={() => setOpen({})}>{_("New reason")}</Button>;
  return (
    <Settings title={_("Reasons")} lead={lead} actions={add} wide>
      <Ask asked={asked}>
        {({ items: all, version }) => (
          <>
            <Checkbox mb={12} label={_("Also the retired ones")} checked={retired} onChange={(event) => setRetired(event.currentTarget.checked)} />
            <ul className="rows reasons">
              {all.filter((reason) => retired || reason.active).map((reason) => <Row key={reason.id} reason={reason} all={all} seen={version} onEdit={() => setOpen({ reason })} />)}
            </ul>
            {open && <ReasonDialog reason={open.reason} groups={all.filter((reason) => reason.parent_id === null && reason.active)} onClose={() => setOpen(undefined)} />}
          </>
        )}
      </Ask>
    </Settings>
  );
}; // prettier-ignore

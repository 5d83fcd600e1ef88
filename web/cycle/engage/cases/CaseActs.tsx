import { useState } from "react";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { boot, may, objectOf } from "../../../kit/boot.ts";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { recordsOf } from "../../../records/record.ts";
import { DismissDialog, ResolveDialog } from "./EndDialogs.tsx";
import { caseOf, cases, useAgain, type Case } from "./told.ts";

const useDo = () => {
  const again = useAgain();
  return async (act: () => Promise<unknown>, sentence: string, undo?: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
      await again();
      if (undo) done(sentence, () => undo().then(again));
      else tell(sentence);
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
};

const giveBack = async (id: string, owner_id: string | null): Promise<unknown> =>
  recordsOf("cases").edit(id, (await caseOf(id)).version, { owner_id });

/** What can be done with a case; only what makes sense now and this person may do. */
export const CaseActs = ({ found }: { found: Case }) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState<"resolve" | "dismiss" | "edit">();
  const object = objectOf("cases");
  const act = useDo();
  const { id, number, status, owner_id } = found;
  const running = status === "open" || status === "waiting";
  const allowed = may("cases.update");
  const foreign = owner_id !== boot().me?.id;
  const group = _("This case");
  const take = () => act(() => cases().take({ id }), _("Case {number} is yours", { number }), () => giveBack(id, owner_id)); // prettier-ignore
  const move = (to: "open" | "waiting") => act(() => cases().move({ id, status: to }), to === "waiting" ? _("Case {number} waits for the customer", { number }) : _("Case {number} goes on", { number }), () => cases().move({ id, status: to === "open" ? "waiting" : "open" })); // prettier-ignore
  const reopen = () => act(() => cases().reopen({ id }), _("Case {number} is open again", { number }), () => cases().resolve({ id, survey: false })); // prettier-ignore
  const reapply = () => act(() => cases().reapply({ id }), _("Case {number} has the targets of today", { number }));
  useKeys(allowed ? [
    ...(running && foreign ? [{ keys: "t", label: _("Take"), group, run: () => void take() }] : []),
    ...(running ? [{ keys: "x", label: _("Resolve…"), group, run: () => setOpen("resolve") }] : []),
    { keys: "e", label: _("Edit"), group, run: () => setOpen("edit") },
  ] : []); // prettier-ignore
  if (!allowed || !object) return null;
  return (
    <>
      {running && foreign && <Button variant="default" onClick={() => void take()}>{_("Take")}</Button>}
      {running && <Button onClick={() => setOpen("resolve")}>{_("Resolve…")}</Button>}
      {!running && <Button variant="default" onClick={() => void reopen()}>{_("Reopen")}</Button>}
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon aria-label={_("More")} variant="default"><Icon name="more" /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen("edit")}>{_("Edit")}</Menu.Item>
          {status === "open" && <Menu.Item onClick={() => void move("waiting")}>{_("Wait for the customer")}</Menu.Item>}
          {status === "waiting" && <Menu.Item onClick={() => void move("open")}>{_("Go on")}</Menu.Item>}
          {running && <Menu.Item onClick={() => void reapply()}>{_("Apply today's targets")}</Menu.Item>}
          {running && <Menu.Item onClick={() => setOpen("dismiss")}>{_("Dismiss…")}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {open === "resolve" && <ResolveDialog found={found} onClose={() => setOpen(undefined)} />}
      {open === "dismiss" && <DismissDialog found={found} onClose={() => setOpen(undefined)} />}
      {open === "edit" && <RecordForm object={object} record={found} onClose={() => setOpen(undefined)} />}
    </>
  ); // prettier-ignore
};

import { useState } from "react";
import { Button, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { recordsOf } from "../../../records/record.ts";
import { AcceptDialog, DeclineDialog, WithdrawDialog } from "./AnswerDialogs.tsx";
import { SendDialog } from "./SendDialog.tsx";
import { paperOf, quotes, waits, type Quote } from "./told.ts";

type Act = "send" | "resend" | "accept" | "decline" | "withdraw";

/** What can be done with a quote as it stands and by whom. */
export const QuoteActs = ({ quote }: { quote: Quote }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [act, setAct] = useState<Act>();
  const mine = may("quotes.update") && !quote.deleted_at;
  const open = mine && waits(quote);
  const again = () => cache.invalidateQueries({ queryKey: ["quotes"] });
  const tryTo = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      await again();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const trash = () =>
    tryTo(async () => {
      await recordsOf("quotes").trash(quote.id);
      done(_("Quote {number} moved to the trash", { number: quote.number }), () => recordsOf("quotes").restore(quote.id).then(again));
      await navigate({ to: "/quotes" });
    }); // prettier-ignore
  const reopen = () => tryTo(async () => {
    await quotes.reopen(quote.id);
    done(_("Quote {number} is on offer again", { number: quote.number }), () => quotes.withdraw(quote.id, quote.withdraw_reason ?? _("Taken back")).then(again));
  }); // prettier-ignore
  const mayTrash = may("quotes.delete") && !quote.deleted_at && !waits(quote) && quote.status !== "accepted";
  const mayEdit = mine && quote.status !== "accepted";
  useKeys([
    ...(mayEdit ? [{ keys: "e", label: _("Change the quote"), group: _("This quote"), run: () => void navigate({ to: "/quotes/$id/edit", params: { id: quote.id } }) }] : []),
    ...(mine && quote.status === "draft" ? [{ keys: "s", label: _("Send the quote"), group: _("This quote"), run: () => setAct("send") }] : []),
  ]); // prettier-ignore
  const close = (): void => setAct(undefined);
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="down" size={14} />}>{_("Act")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={paperOf(quote.id)} download>{_("Download as PDF")}</Menu.Item>
          {open && <Menu.Item onClick={() => setAct("resend")}>{_("Send again")}</Menu.Item>}
          {open && <Menu.Item onClick={() => setAct("accept")}>{_("It was accepted")}</Menu.Item>}
          {open && <Menu.Item onClick={() => setAct("decline")}>{_("It was declined")}</Menu.Item>}
          {open && <Menu.Item onClick={() => setAct("withdraw")}>{_("Withdraw")}</Menu.Item>}
          {mayTrash && <Menu.Item onClick={() => void trash()}>{_("Move to the trash")}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {mine && quote.status === "withdrawn" && <Button variant="default" onClick={() => void reopen()}>{_("Offer again")}</Button>}
      {mayEdit && <Button component={Link} to={`/quotes/${quote.id}/edit`} variant="default">{_("Change")}</Button>}
      {mine && quote.status === "draft" && <Button onClick={() => setAct("send")}>{_("Send")}</Button>}
      {(act === "send" || act === "resend") && <SendDialog quote={quote} again={act === "resend"} onClose={close} />}
      {act === "accept" && <AcceptDialog quote={quote} onClose={close} />}
      {act === "decline" && <DeclineDialog quote={quote} onClose={close} />}
      {act === "withdraw" && <WithdrawDialog quote={quote} onClose={close} />}
    </>
  ); // prettier-ignore
};

import { useState } from "react";
import { Button, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { may } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { CancelDialog } from "./CancelDialog.tsx";
import { CancelLinesDialog } from "./CancelLinesDialog.tsx";
import { InvoiceDialog } from "./InvoiceDialog.tsx";
import { LinesDialog } from "./LinesDialog.tsx";
import { MoneyDialog } from "./MoneyDialog.tsx";
import { ReturnDialog } from "./ReturnDialog.tsx";
import { ShipDialog } from "./ShipDialog.tsx";
import { useAgain } from "./again.ts";
import { toCancel, toInvoice, toReturn, toShip } from "./amounts.ts";
import { dueOf, isLoose, keptOf, orders, type Line, type Order } from "./told.ts";

const acts = ["ship", "receive", "invoice", "refund", "return", "lines", "cancel-part", "cancel"] as const;
type Act = (typeof acts)[number];

/** What an address asks to be done at once: /orders/x?act=ship. */
export const actNamed = (value: unknown): Act | undefined => acts.find((act) => act === value);

const useReopen = (order: Order) => {
  const { _ } = useLingui();
  const again = useAgain();
  return async (): Promise<void> => {
    try {
      await orders.reopen(order.id);
      await again();
      done(_("Order {number} is open again", { number: order.number }), () =>
        orders.cancel(order.id, order.cancel_reason ?? _("Taken back")).then(again),
      );
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
      await again();
    }
  };
};

/** What can be done with an order as it stands and by whom; what cannot is not offered. */
export const Acts = ({ order, first }: { order: Order; first?: Act | undefined }) => {
  const { _ } = useLingui();
  const reopen = useReopen(order);
  const open = order.status !== "cancelled";
  const untouched = ["not_needed", "none"].includes(order.fulfilment_status);
  const some = (left: (line: Line) => string): boolean => open && order.lines.some((line) => left(line) !== "0");
  const can: Record<Act | "reopen", boolean> = {
    receive: open && dueOf(order) > 0 && may("payments.create"),
    refund: keptOf(order) > 0 && may("payments.refund"),
    return: some(toReturn) && may("orders.update"),
    ship: some(toShip) && may("shipments.create"),
    invoice: some(toInvoice) && may("invoices.create"),
    "cancel-part": some(toCancel) && may("orders.update"),
    lines: isLoose(order) && may("orders.update"),
    cancel: open && untouched && may("orders.update"),
    reopen: !open && may("orders.update"),
  };
  // An address may ask for what cannot be done any more.
  const [act, setAct] = useState(first && can[first] ? first : undefined);
  const others: readonly (readonly [Act, string])[] = [["invoice", _("Issue an invoice")], ["return", _("Take goods back")], ["refund", _("Give money back")], ["lines", _("Change the lines")], ["cancel-part", _("Cancel a part")], ["cancel", _("Cancel the order")]]; // prettier-ignore
  const offered = others.filter(([name]) => can[name]);
  useKeys([
    ...(can.receive ? [{ keys: "p", label: _("Receive a payment"), group: _("This order"), run: () => setAct("receive") }] : []),
    ...(can.ship ? [{ keys: "s", label: _("Ship"), group: _("This order"), run: () => setAct("ship") }] : []),
    ...(can.invoice ? [{ keys: "i", label: _("Issue an invoice"), group: _("This order"), run: () => setAct("invoice") }] : []),
    ...(can.lines ? [{ keys: "e", label: _("Change the lines"), group: _("This order"), run: () => setAct("lines") }] : []),
  ]); // prettier-ignore
  const close = (): void => setAct(undefined);
  return (
    <>
      {offered.length > 0 && (
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <Button variant="default" rightSection={<Icon name="down" size={14} />}>{_("Act")}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {offered.map(([name, label]) => <Menu.Item key={name} onClick={() => setAct(name)}>{label}</Menu.Item>)}
          </Menu.Dropdown>
        </Menu>
      )}
      {can.reopen && <Button onClick={() => void reopen()}>{_("Open again")}</Button>}
      {can.receive && <Button {...(can.ship ? { variant: "default" } : {})} onClick={() => setAct("receive")}>{_("Receive a payment")}</Button>}
      {can.ship && <Button onClick={() => setAct("ship")}>{_("Ship")}</Button>}
      {act === "ship" && can.ship && <ShipDialog order={order} onClose={close} />}
      {act === "invoice" && can.invoice && <InvoiceDialog order={order} onClose={close} />}
      {act === "cancel-part" && <CancelLinesDialog order={order} onClose={close} />}
      {act === "receive" && <MoneyDialog order={order} kind="payment" onClose={close} />}
      {act === "refund" && <MoneyDialog order={order} kind="refund" onClose={close} />}
      {act === "return" && <ReturnDialog order={order} onClose={close} />}
      {act === "lines" && <LinesDialog order={order} onClose={close} />}
      {act === "cancel" && <CancelDialog order={order} onClose={close} />}
    </>
  ); // prettier-ignore
};

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
import { LinesDialog } from "./LinesDialog.tsx";
import { MoneyDialog } from "./MoneyDialog.tsx";
import { ReturnDialog } from "./ReturnDialog.tsx";
import { useAgain } from "./again.ts";
import { leftOf } from "./amounts.ts";
import { dueOf, isLoose, keptOf, orders, type Order } from "./told.ts";

type Act = "receive" | "refund" | "return" | "lines" | "cancel";

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
export const Acts = ({ order }: { order: Order }) => {
  const { _ } = useLingui();
  const [act, setAct] = useState<Act>();
  const reopen = useReopen(order);
  const open = order.status !== "cancelled";
  const goods = order.lines.some((line) => leftOf(line.quantity, line.returned_quantity) !== "0");
  const can: Record<Act | "reopen", boolean> = {
    receive: open && dueOf(order) > 0 && may("payments.create"),
    refund: keptOf(order) > 0 && may("payments.refund"),
    return: open && goods && may("orders.update"),
    lines: isLoose(order) && may("orders.update"),
    cancel: open && may("orders.update"),
    reopen: !open && may("orders.update"),
  };
  const others: readonly (readonly [Act, string])[] = [["return", _("Take goods back")], ["refund", _("Give money back")], ["lines", _("Change the lines")], ["cancel", _("Cancel the order")]]; // prettier-ignore
  const offered = others.filter(([name]) => can[name]);
  useKeys([
    ...(can.receive ? [{ keys: "p", label: _("Receive a payment"), group: _("This order"), run: () => setAct("receive") }] : []),
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
      {can.receive && <Button onClick={() => setAct("receive")}>{_("Receive a payment")}</Button>}
      {act === "receive" && <MoneyDialog order={order} kind="payment" onClose={close} />}
      {act === "refund" && <MoneyDialog order={order} kind="refund" onClose={close} />}
      {act === "return" && <ReturnDialog order={order} onClose={close} />}
      {act === "lines" && <LinesDialog order={order} onClose={close} />}
      {act === "cancel" && <CancelDialog order={order} onClose={close} />}
    </>
  ); // prettier-ignore
};

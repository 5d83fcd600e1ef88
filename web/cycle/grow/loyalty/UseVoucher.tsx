import { useState } from "react";
import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { VoucherTold } from "#grow/loyalty";
import { money } from "../../../kit/format.ts";
import { tell } from "../../../kit/notes.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { loyalty } from "./told.ts";

/** Uses a voucher on one of the member's orders: it pays what is due, at most its amount. */
export const UseVoucher = ({ voucher, again, onClose }: { voucher: VoucherTold; again: () => Promise<unknown>; onClose: () => void }) => {
  const { _ } = useLingui();
  const [order, setOrder] = useState("");
  const submit = async (): Promise<void> => {
    const { paid } = await loyalty().use({ code: voucher.code, order });
    await again();
    tell(_("The voucher paid {sum} of order {order}", { sum: money(paid, voucher.currency), order }));
  };
  return (
    <Dialog title={_("Use voucher {code}", { code: voucher.code })} verb={_("Use")} disabled={order.trim() === ""} fields={["order", "order_id", "code"]} onSubmit={submit} onClose={onClose}>
      {(errors) => <TextInput label={_("Order number")} description={_("It pays what is due, at most {sum}.", { sum: money(voucher.amount, voucher.currency) })} maxLength={100} value={order} error={errors["order"] ?? errors["order_id"] ?? errors["code"]} onChange={(event) => setOrder(event.currentTarget.value)} data-autofocus />}
    </Dialog>
  );
}; // prettier-ignore

import { useState } from "react";
import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { objectOf, workspace } from "../../kit/boot.ts";
import { OwnFields, ownNames } from "../../kit/form/OwnFields.tsx";
import { instantOf } from "../../kit/form/zoned.ts";
import { done } from "../../kit/undo.ts";
import { asSent } from "../../records/record.ts";
import { useAgain } from "./again.ts";
import { toShip } from "./amounts.ts";
import { Dialog } from "./Dialog.tsx";
import { movable } from "./movable.ts";
import { allOf, named, Quantities, quantitiesOf, type Typed } from "./Quantities.tsx";
import { orders, shipments, type Order } from "./told.ts";

/** Sends goods of an order: what is still open stands there already. */
export const ShipDialog = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const open = movable(order, toShip);
  const [typed, setTyped] = useState<Typed>(() => allOf(open));
  const [carrier, setCarrier] = useState("");
  const [tracking, setTracking] = useState("");
  const [when, setWhen] = useState("");
  const [own, setOwn] = useState<Record<string, unknown>>({});
  const object = objectOf("shipments");
  const carriers = object?.fields.find((field) => field.name === "carrier")?.choices ?? [];
  const submit = async (): Promise<void> => {
    const sent = await orders.ship(order.id, {
      lines: quantitiesOf(open, typed, "order_line_id", _("This is not a number.")),
      carrier: carrier || null,
      tracking_number: tracking.trim() || null,
      ...(when ? { shipped_at: instantOf(when, workspace().time_zone) } : {}),
      ...asSent(own),
    });
    await again();
    done(_("Shipment {number} of order {order} sent", { number: sent.number, order: order.number }), () =>
      shipments.takeBack(sent.id).then(again),
    );
  };
  return (
    <Dialog
      title={_("Ship order {number}", { number: order.number })}
      verb={_("Ship")}
      size={560}
      disabled={named(open, typed).length === 0}
      fields={["lines", "carrier", "tracking_number", "shipped_at", ...ownNames(object)]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Quantities lines={open} typed={typed} onTyped={setTyped} errors={errors} label={(what) => _("How many of {what} are sent", { what })} />
          <NativeSelect label={_("Carrier")} value={carrier} error={errors["carrier"]} data={[{ value: "", label: _("Not said") }, ...carriers.map((one) => ({ value: one.value, label: _(one.label) }))]} onChange={(event) => setCarrier(event.currentTarget.value)} />
          <TextInput label={_("Tracking number")} maxLength={100} value={tracking} error={errors["tracking_number"]} onChange={(event) => setTracking(event.currentTarget.value)} />
          <TextInput label={_("When")} description={_("Now, when left empty.")} type="datetime-local" value={when} error={errors["shipped_at"]} onChange={(event) => setWhen(event.currentTarget.value)} />
          <OwnFields object={object} values={own} errors={errors} onChange={(name, value) => setOwn((before) => ({ ...before, [name]: value }))} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

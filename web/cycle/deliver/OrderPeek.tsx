import { useQuery } from "@tanstack/react-query";
import { objectOf } from "../../kit/boot.ts";
import { FactList } from "../../records/FactList.tsx";
import { andOwn } from "../../records/record.ts";
import type { Rec } from "../../records/record.ts";
import { Lines } from "./Lines.tsx";
import { orders } from "./told.ts";

const shown = ["status", "payment_status", "fulfilment_status", "return_status", "contact_id", "account_id", "placed_at", "paid", "refunded", "returned", "country", "source", "cancel_reason"]; // prettier-ignore

/** What a look at the side shows of an order: its lines, and how it stands. */
export const OrderPeek = ({ record }: { record: Rec }) => {
  const object = objectOf("orders");
  const order = useQuery({ queryKey: ["orders", record.id], queryFn: ({ signal }) => orders.get(record.id, signal) });
  if (!object) return null;
  return (
    <div className="stack">
      <FactList object={object} record={record} only={andOwn(object, shown)} />
      {order.data && <Lines order={order.data} most={12} />}
    </div>
  );
};

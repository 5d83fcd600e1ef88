import { objectOf } from "../../kit/boot.ts";
import { FactList } from "../../records/FactList.tsx";
import type { Rec } from "../../records/record.ts";
import { Purchases } from "./Purchases.tsx";

/** What a look at the side shows of a product: its fields, and who bought it last. */
export const ProductPeek = ({ record }: { record: Rec }) => {
  const object = objectOf("products");
  if (!object) return null;
  return (
    <div className="stack">
      <FactList object={object} record={record} />
      <Purchases id={record.id} most={6} />
    </div>
  );
};

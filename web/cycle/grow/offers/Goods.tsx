import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { promotions, type GoodTold } from "./told.ts";

const AddGood = ({ id, again, onClose }: { id: string; again: () => Promise<unknown>; onClose: () => void }) => {
  const { _ } = useLingui();
  const [product, setProduct] = useState<{ id: string; title: string } | null>(null);
  const [category, setCategory] = useState("");
  const submit = async (): Promise<void> => {
    await promotions().addGood(product ? { id, product_id: product.id } : { id, category: category.trim() });
    await again();
  };
  return (
    <Dialog title={_("What it is for")} verb={_("Add")} disabled={!product && category.trim() === ""} fields={["category", "product_id"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <RelationPicker to="product" label={_("Product")} value={product?.id ?? null} title={product?.title} error={errors["product_id"]} onPick={setProduct} />
          {!product && <TextInput label={_("Or a whole category")} maxLength={200} value={category} error={errors["category"]} onChange={(event) => setCategory(event.currentTarget.value)} />}
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

/** What a promotion is for: products and categories, or everything. */
export const Goods = ({ id, mayEdit }: { id: string; mayEdit: boolean }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [adding, setAdding] = useState(false);
  const asked = useQuery({ queryKey: ["promotions", id, "goods"], queryFn: () => promotions().goods({ id }) });
  const again = () => cache.invalidateQueries({ queryKey: ["promotions", id, "goods"] });
  const nameOf = (good: GoodTold): string => good.product ?? good.category ?? _("A product that is gone");
  const drop = async (good: GoodTold): Promise<void> => {
    await promotions().dropGood({ id, good_id: good.id });
    await again();
    done(_("{name} taken away", { name: nameOf(good) }), () =>
      promotions().addGood({ id, ...(good.product_id ? { product_id: good.product_id } : { category: good.category ?? "" }) }).then(again)); // prettier-ignore
  };
  const goods = asked.data?.items ?? [];
  return (
    <section aria-labelledby="goods">
      <h2 className="part-title line" id="goods">{_("What it is for")}</h2>
      {goods.length === 0 ? <p className="quiet">{_("Everything in an order.")}</p> : (
        <ul>
          {goods.map((good) => (
            <li key={good.id} className="line">
              <bdi>{good.category ? _("All of {category}", { category: good.category }) : nameOf(good)}</bdi>
              {mayEdit && <Button size="compact-sm" variant="subtle" aria-label={_("Take {name} away", { name: nameOf(good) })} onClick={() => void drop(good)}>{_("Take away")}</Button>}
            </li>
          ))}
        </ul>
      )}
      {mayEdit && <Button variant="default" onClick={() => setAdding(true)}>{_("Add a product or category")}</Button>}
      {adding && <AddGood id={id} again={again} onClose={() => setAdding(false)} />}
    </section>
  );
}; // prettier-ignore

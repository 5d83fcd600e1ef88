import { useState } from "react";
import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { PriceLine, priceListsApi, productsApi } from "#convert/catalog";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { date, dayOf, money } from "../../kit/format.ts";
import { FigureInput } from "../../kit/form/FigureInput.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { tell } from "../../kit/notes.ts";
import { problemOf, sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import type { Rec } from "../../records/record.ts";
import { Dialog } from "../deliver/Dialog.tsx";
import { decimalText } from "../deliver/amounts.ts";

const products = () => client<typeof productsApi>("products");
const lists = () => client<typeof priceListsApi>("price_lists");

const NewPrice = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ["products"] });
  const asked = useQuery({ queryKey: ["price_lists", "all"], queryFn: async () => (await lists().list({ limit: 200 })) as unknown as { items: Rec[] } }); // prettier-ignore
  const all = asked.data?.items ?? [];
  const [chosen, setChosen] = useState("");
  const [price, setPrice] = useState<number | null>(null);
  const [from, setFrom] = useState(() => dayOf(new Date()));
  const [to, setTo] = useState("");
  const [quantity, setQuantity] = useState("1");
  const list = all.find((one) => one.id === chosen) ?? all.find((one) => one["is_default"] === true) ?? all[0];
  const submit = async (): Promise<void> => {
    const min_qty = decimalText(quantity);
    const wrong = [
      ...(price === null ? [{ field: "unit_price", message: _("This is needed.") }] : []),
      ...(min_qty === undefined ? [{ field: "min_qty", message: _("This is not a number.") }] : []),
    ];
    if (!list || price === null || min_qty === undefined) throw problemOf(422, { errors: wrong });
    const set = await products().setPrice({ id, price_list_id: list.id, unit_price: price, min_qty, valid_from: from, valid_to: to || null }); // prettier-ignore
    await again();
    const future = from > dayOf(new Date());
    const words = _("Price set from {day}", { day: date(from) });
    if (future) done(words, () => client<typeof productsApi>("products").dropPrice({ id: set.id }).then(again));
    else tell(words);
  };
  return (
    <Dialog title={_("New price")} verb={_("Set the price")} disabled={!list} fields={["unit_price", "min_qty", "valid_from", "valid_to", "price_list_id"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          {asked.data && all.length === 0 && <p className="note">{_("There is no price list yet.")} <Link className="link" to="/price_lists">{_("Price lists")}</Link></p>}
          {all.length > 0 && (
            <NativeSelect
              label={_("Price list")} value={list?.id ?? ""} error={errors["price_list_id"]}
              data={all.map((one) => ({ value: one.id, label: `${String(one["name"])} · ${String(one["currency"])}` }))}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
          )}
          <FigureInput label={_("Price of one")} data-autofocus withAsterisk currency={typeof list?.["currency"] === "string" ? list["currency"] : "EUR"} value={price} error={errors["unit_price"]} onChange={setPrice} />
          <TextInput label={_("From this quantity on")} inputMode="decimal" value={quantity} error={errors["min_qty"]} onChange={(event) => setQuantity(event.currentTarget.value)} />
          <TextInput type="date" label={_("Valid from")} value={from} error={errors["valid_from"]} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="date" label={_("Last day")} description={_("Open-ended when left empty; the price before goes on after it.")} value={to} error={errors["valid_to"]} onChange={(event) => setTo(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

/** What a product costs by list, quantity and day; the price that is valid now stands out, the past is kept. */
export const Prices = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [adding, setAdding] = useState(false);
  const asked = useQuery({ queryKey: ["products", "prices", id], queryFn: () => products().prices({ id }) });
  const mayEdit = may("products.update");
  const drop = async (line: PriceLine): Promise<void> => {
    const again = () => cache.invalidateQueries({ queryKey: ["products"] });
    try {
      await products().dropPrice({ id: line.id });
      await again();
      done(_("Price from {day} taken back", { day: date(line.valid_from) }), () =>
        products().setPrice({ id, price_list_id: line.price_list.id, unit_price: line.unit_price, min_qty: line.min_qty, valid_from: line.valid_from, valid_to: line.valid_to }).then(again),
      );
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  }; // prettier-ignore
  const items = asked.data?.items ?? [];
  const words = { now: _("Now"), past: _("Past"), future: _("From then on") };
  return (
    <section aria-labelledby="prices">
      <h2 className="part-title line" id="prices">
        <span className="fill">{_("Prices")}</span>
        <Link className="link small" to="/price_lists">{_("Price lists")}</Link>
        {mayEdit && <Button size="xs" variant="default" onClick={() => setAdding(true)}>{_("New price")}</Button>}
      </h2>
      {asked.isError && <p role="alert">{sentenceOf(asked.error)}</p>}
      {asked.data && items.length === 0 && <p className="quiet">{_("No price list names it: its own price counts, in its own currency.")}</p>}
      {items.length > 0 && (
        <table className="deal-table">
          <thead><tr><th>{_("List")}</th><th className="number">{_("From quantity")}</th><th className="number">{_("Price of one")}</th><th>{_("Valid")}</th><th><span className="unseen">{_("When")}</span></th></tr></thead>
          <tbody>
            {items.map((line) => (
              <tr key={line.id} className={line.when === "past" ? "quiet" : ""}>
                <td><bdi>{line.price_list.title}</bdi> {line.currency}</td>
                <td className="number">{line.min_qty}</td>
                <td className="number">{line.when === "now" ? <strong>{money(line.unit_price, line.currency)}</strong> : money(line.unit_price, line.currency)}</td>
                <td>{line.valid_to ? _("{from} to {to}", { from: date(line.valid_from), to: date(line.valid_to) }) : _("from {from}", { from: date(line.valid_from) })}</td>
                <td>
                  <span className="line">
                    {words[line.when]}
                    {line.when === "future" && mayEdit && <ActionIcon aria-label={_("Take back the price from {day}", { day: date(line.valid_from) })} onClick={() => void drop(line)}><Icon name="x" size={14} /></ActionIcon>}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {adding && <NewPrice id={id} onClose={() => setAdding(false)} />}
    </section>
  ); // prettier-ignore
};

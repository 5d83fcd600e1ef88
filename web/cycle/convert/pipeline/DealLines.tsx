import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { request } from "../../../kit/client.ts";
import { count, decimalsOf, money } from "../../../kit/format.ts";
import { writeNumber } from "../../../kit/form/numbers.ts";
import { problemOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { freshLine, linesOf, refusalsOf, type LineDraft } from "../../deliver/draft.ts";
import { LinesEditor, type PriceOf } from "../../deliver/LinesEditor.tsx";
import { opportunities, type Opportunity } from "./told.ts";
import "../../deliver/deliver.css";

const draftOf = (line: Opportunity["lines"][number]): LineDraft => ({
  ...freshLine(),
  product_id: line.product_id,
  title: line.product?.title ?? "",
  description: line.description === line.product?.title ? "" : line.description,
  quantity: writeNumber(Number(line.quantity)),
  price: writeNumber(Number(line.unit_price)),
});

const listPrice: PriceOf = async (id, currency, quantity, signal) => {
  const { price } = await request<{ price: { unit_price: number } | null }>("GET /products/{id}/price", { id, currency, quantity }, signal); // prettier-ignore
  return price && (price.unit_price / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));
};

const LinesDialog = ({ deal, onClose }: { deal: Opportunity; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ["opportunities"] });
  // What the lines were drafted from: a deal that others change meanwhile is not gone over unseen.
  const [seen] = useState(deal);
  const [lines, setLines] = useState<readonly LineDraft[]>(() => (deal.lines.length > 0 ? deal.lines.map(draftOf) : [freshLine()])); // prettier-ignore
  const told = linesOf(lines, _("This is not a number."));
  const submit = async (): Promise<void> => {
    if (told.refused.length > 0) throw problemOf(422, { errors: told.refused.map(({ key, field, message }) => ({ field: `lines.${told.keys.indexOf(key)}.${field}`, message })) }); // prettier-ignore
    const saved = await opportunities().lines({ id: deal.id, version: seen.version, lines: told.lines });
    await again();
    const before = seen.lines.map(({ product_id, description, quantity, unit_price }) => ({ product_id, description, quantity, unit_price })); // prettier-ignore
    done(_("Lines of {name} changed", { name: deal.name }), () =>
      opportunities()
        .lines({ id: deal.id, version: Number(saved.version), lines: before })
        .then(again),
    );
  };
  return (
    <Dialog title={_("Lines of {name}", { name: deal.name })} verb={_("Save")} size={820} fields={["lines"]} onSubmit={submit} onClose={onClose}>
      {(errors, all) => (
        <>
          {errors["lines"] && <p role="alert" className="note" data-tone="red">{errors["lines"]}</p>}
          <LinesEditor lines={lines} currency={deal.currency} refused={refusalsOf(all, told.keys)} onLines={setLines} priceOf={listPrice} />
          <p className="quiet small">{_("A price left empty comes from the price list of today and is kept.")}</p>
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

/** What the deal is about, line by line; the sum is its amount. */
export const DealLines = ({ deal }: { deal: Opportunity }) => {
  const { _ } = useLingui();
  const [editing, setEditing] = useState(false);
  const mayEdit = may("opportunities.update") && deal.status !== "won" && !deal.deleted_at;
  return (
    <section aria-labelledby="deal-lines">
      <h2 className="part-title line" id="deal-lines">
        <span className="fill">{_("Lines")}</span>
        {mayEdit && <Button size="xs" variant="default" onClick={() => setEditing(true)}>{deal.lines.length > 0 ? _("Edit lines") : _("Add lines")}</Button>}
      </h2>
      {deal.lines.length === 0 && <p className="quiet">{_("No lines: the amount was given by hand.")}</p>}
      {deal.lines.length > 0 && (
        <table className="deal-table">
          <thead><tr><th>{_("What")}</th><th className="number">{_("Quantity")}</th><th className="number">{_("Price of one")}</th><th className="number">{_("Total")}</th></tr></thead>
          <tbody>
            {deal.lines.map((line) => (
              <tr key={line.id}>
                <td><bdi>{line.description}</bdi></td>
                <td className="number">{count(Number(line.quantity))}</td>
                <td className="number">{writeNumber(Number(line.unit_price))}</td>
                <td className="number">{money(line.total, deal.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {editing && <LinesDialog deal={deal} onClose={() => setEditing(false)} />}
    </section>
  ); // prettier-ignore
};

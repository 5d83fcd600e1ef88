import { useState } from "react";
import { useLingui } from "@lingui/react";
import { writeNumber } from "../../kit/form/numbers.ts";
import { problemOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { useAgain } from "./again.ts";
import { Dialog } from "./Dialog.tsx";
import { freshLine, linesOf, refusalsOf, type LineDraft } from "./draft.ts";
import { LinesEditor } from "./LinesEditor.tsx";
import { orders, type Line, type LineGiven, type Order } from "./told.ts";

const draftOf = (line: Line): LineDraft => ({
  ...freshLine(),
  product_id: line.product_id,
  title: line.product?.title ?? "",
  description: line.description === line.product?.title ? "" : line.description,
  quantity: writeNumber(Number(line.quantity)),
  price: writeNumber(Number(line.unit_price)),
  agreed: line,
});
const givenOf = ({ product_id, description, quantity, unit_price, ships, discount, tax_rate, tax }: Line): LineGiven => ({ product_id, description, quantity, unit_price, ships, discount, tax_rate, tax }); // prettier-ignore

/** Changes the lines of an order of which nothing is paid, returned or cancelled; the timeline tells the placing anew. */
export const LinesDialog = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [lines, setLines] = useState<readonly LineDraft[]>(() => order.lines.map(draftOf));
  const told = linesOf(lines, _("This is not a number."));
  const submit = async (): Promise<void> => {
    if (told.refused.length > 0) throw problemOf(422, { errors: told.refused.map(({ key, field, message }) => ({ field: `lines.${told.keys.indexOf(key)}.${field}`, message })) }); // prettier-ignore
    const saved = await orders.change(order.id, order.version, { lines: told.lines });
    await again();
    done(_("Lines of order {number} changed", { number: order.number }), () =>
      orders.change(order.id, saved.version, { lines: order.lines.map(givenOf) }).then(again),
    );
  };
  return (
    <Dialog
      title={_("Lines of order {number}", { number: order.number })}
      verb={_("Save")}
      size={820}
      disabled={told.lines.length === 0}
      fields={["lines"]}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors, all) => (
        <>
          {errors["lines"] && (
            <p role="alert" className="note" data-tone="red">
              {errors["lines"]}
            </p>
          )}
          <LinesEditor lines={lines} currency={order.currency} refused={refusalsOf(all, told.keys)} onLines={setLines} />
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};

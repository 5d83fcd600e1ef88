import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../kit/boot.ts";
import { useKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { Page } from "../../kit/Page.tsx";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { RecordForm } from "../../kit/form/RecordForm.tsx";
import { FactList } from "../../records/FactList.tsx";
import { recordsOf, titleOf } from "../../records/record.ts";
import { Changes } from "../../records/history/Changes.tsx";
import { Ask } from "../../settings/Ask.tsx";
import { Prices } from "./Prices.tsx";
import { Purchases } from "./Purchases.tsx";
import "../../customers/customers.css";
import "./pipeline/board.css";
import "./convert.css";

/** One product: its fields, who bought it, and who changed what. */
export const ProductPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("products");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [editing, setEditing] = useState(false);
  const asked = useQuery({
    queryKey: ["products", id],
    queryFn: ({ signal }) => recordsOf("products").get(id, signal),
  });
  const mayEdit = may("products.update");
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This product"), run: () => setEditing(true) }] : []);
  if (!object) return null;
  const record = asked.data;
  const title = record ? titleOf(object, record) : _(object.label);
  const again = () => cache.invalidateQueries({ queryKey: ["products"] });
  const trash = async (): Promise<void> => {
    try {
      await recordsOf("products").trash(id);
      done(_("{name} moved to the trash", { name: title }), () => recordsOf("products").restore(id).then(again));
      void again();
      void navigate({ to: "/products" });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const actions = record && (
    <>
      {may("products.delete") && (
        <Button variant="default" onClick={() => void trash()}>
          {_("Move to the trash")}
        </Button>
      )}
      {mayEdit && <Button onClick={() => setEditing(true)}>{_("Edit")}</Button>}
    </>
  );
  const back = (
    <Link to="/products" className="link">
      {_(object.label_plural)}
    </Link>
  );
  return (
    <Page title={title} note={back} actions={actions}>
      <Ask asked={asked}>
        {(found) => (
          <div className="product">
            <div className="product-side"><FactList object={object} record={found} /></div>
            <div className="product-main stack">
              <Prices id={id} />
              <Purchases id={id} most={20} />
              <section aria-labelledby="changes">
                <h2 className="part-title" id="changes">{_("Changes")}</h2>
                <Changes plural="products" object={object} record={found} />
              </section>
            </div>
            {editing && <RecordForm object={object} record={found} onClose={() => setEditing(false)} />}
          </div>
        )}
      </Ask>
    </Page>
  ); // prettier-ignore
};

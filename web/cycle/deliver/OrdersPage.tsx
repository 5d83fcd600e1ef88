import { useMemo, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { may, objectOf, type DescribedObject } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { Page } from "../../kit/Page.tsx";
import { RecordTable } from "../../records/RecordTable.tsx";
import { OrderPeek } from "./OrderPeek.tsx";
import "./deliver.css";

const first = ["number", "contact_id", "placed_at", "total", "status", "fulfilment_status", "payment_status"];

/** The description with the columns first that a table of orders is read for; the others stay a choice. */
const forReading = (object: DescribedObject): DescribedObject => {
  const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
  const fields = object.fields.map((field) => ({
    ...field,
    shown: first.includes(field.name) || field.name === "account_id",
  }));
  return { ...object, fields: fields.toSorted((a, b) => rank(a.name) - rank(b.name)) };
};

/** The table of orders with a look at their lines at the side. */
export const OrdersPage = () => {
  const { _ } = useLingui();
  const described = objectOf("orders");
  const object = useMemo(() => described && forReading(described), [described]);
  const navigate = useNavigate();
  const [total, setTotal] = useState("");
  const mayAdd = may("orders.create");
  useKeys(
    mayAdd
      ? [{ keys: "c", label: _("New order"), group: _("This list"), run: () => void navigate({ to: "/orders/new" }) }]
      : [],
  );
  if (!object) return null;
  const add = mayAdd && (
    <Button component={Link} to="/orders/new" leftSection={<Icon name="plus" size={14} />}>
      {_("New order")}
    </Button>
  );
  const bring = may("imports.create") && (
    <Button component={Link} to="/import" variant="default">
      {_("Import a file")}
    </Button>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        peek={(record) => <OrderPeek record={record} />}
        empty={{
          words: _("What your customers bought stands here, with its payments and returns."),
          action: (
            <div className="line">
              {add}
              {bring}
            </div>
          ),
        }}
      />
    </Page>
  );
};

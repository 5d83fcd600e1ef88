import { useMemo, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { may, objectOf, type DescribedObject } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import { QuotePeek } from "./QuotePeek.tsx";
import "../../deliver/deliver.css";

const first = ["number", "contact_id", "subject", "total", "status", "valid_until"];

const forReading = (object: DescribedObject): DescribedObject => {
  const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
  return { ...object, fields: object.fields.toSorted((a, b) => rank(a.name) - rank(b.name)) };
};

/** The table of quotes with a look at their lines at the side. */
export const QuotesPage = () => {
  const { _ } = useLingui();
  const described = objectOf("quotes");
  const object = useMemo(() => described && forReading(described), [described]);
  const navigate = useNavigate();
  const [total, setTotal] = useState("");
  const mayAdd = may("quotes.create");
  useKeys(mayAdd ? [{ keys: "c", label: _("New quote"), group: _("This list"), run: () => void navigate({ to: "/quotes/new" }) }] : []); // prettier-ignore
  if (!object) return null;
  const add = mayAdd && (
    <Button component={Link} to="/quotes/new" leftSection={<Icon name="plus" size={14} />}>
      {_("New quote")}
    </Button>
  );
  const trash = (
    <Button component={Link} to="/quotes/trash" variant="default">
      {_("Trash")}
    </Button>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={<>{trash}{add}</>}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        peek={(record) => <QuotePeek record={record} />}
        empty={{ words: _("What you offered stands here: who opened it, accepted it, and what became of it."), action: add }}
      />
    </Page>
  ); // prettier-ignore
};

import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";

/** The table of insights. */
export const InsightsPage = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const object = objectOf("insights");
  const [total, setTotal] = useState("");
  const mayAdd = may("insights.create");
  useKeys(mayAdd ? [{ keys: "c", label: _("New insight"), group: _("This list"), run: () => void navigate({ to: "/insights/new" }) }] : []); // prettier-ignore
  if (!object) return null;
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} renderRoot={(props) => <Link {...props} to="/insights/new" />}>
      {_("New insight")}
    </Button>
  );
  const trash = may("insights.delete") && (
    <Link className="to-trash quiet" to="/insights/trash" aria-label={_("The trash")} title={_("The trash")}>
      <Icon name="trash" />
    </Link>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={may("insights.delete")}
        more={trash}
        empty={{ words: _("What you learnt about your customers stands here, with its evidence: from a theme, the ring's weakest link, or a segment."), action: add }}
      />
    </Page>
  ); // prettier-ignore
};

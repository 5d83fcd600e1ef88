import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { askAgain, useLive } from "../../../kit/live.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import "../../convert/convert.css";

/** The table of forms with the way to a new one and to the trash. */
export const FormsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("forms");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [total, setTotal] = useState("");
  const mayAdd = may("forms.create");
  const mayTrash = may("forms.delete");
  useLive("fact", ({ name }) => name === "form.submitted" && askAgain(cache, ["forms"]));
  const make = (): void => void navigate({ to: "/forms/new" });
  useKeys(mayAdd ? [{ keys: "c", label: _("New form"), group: _("This list"), run: make }] : []);
  if (!object) return null;
  const add = mayAdd && <Button leftSection={<Icon name="plus" size={14} />} onClick={make}>{_("New form")}</Button>; // prettier-ignore
  const trash = mayTrash && (
    <Link className="to-trash quiet" to="/forms/trash" aria-label={_("The trash")} title={_("The trash")}>
      <Icon name="trash" />
    </Link>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={mayTrash}
        more={trash}
        empty={{ words: _("Forms stand here: pages on which strangers say who they are and what they want."), action: add }}
      />
    </Page>
  ); // prettier-ignore
};

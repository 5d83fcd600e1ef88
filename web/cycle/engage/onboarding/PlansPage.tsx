import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import "../../convert/convert.css";

/** The table of onboarding plans. */
export const PlansPage = () => {
  const { _ } = useLingui();
  const object = objectOf("plans");
  const navigate = useNavigate();
  const [total, setTotal] = useState("");
  const mayAdd = may("plans.create");
  const mayTrash = may("plans.delete");
  const make = (): void => void navigate({ to: "/plans/new" });
  useKeys(mayAdd ? [{ keys: "c", label: _("New plan"), group: _("This list"), run: make }] : []);
  if (!object) return null;
  const add = mayAdd && <Button leftSection={<Icon name="plus" size={14} />} onClick={make}>{_("New plan")}</Button>; // prettier-ignore
  const trash = mayTrash && (
    <Link className="to-trash quiet" to="/plans/trash" aria-label={_("The trash")} title={_("The trash")}>
      <Icon name="trash" />
    </Link>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="line"><span className="number">{total}</span> <Link to="/onboardings" className="link">{_("Onboardings")}</Link></span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={mayTrash}
        more={trash}
        empty={{ words: _("Plans stand here: for a product, the steps you and a new customer do until they have what they came for."), action: add }}
      />
    </Page>
  ); // prettier-ignore
};

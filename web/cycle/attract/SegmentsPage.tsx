import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { may, objectOf } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { Page } from "../../kit/Page.tsx";
import { RecordTable } from "../../records/RecordTable.tsx";
import { SegmentForm } from "./SegmentForm.tsx";
import { useSegmentsLive } from "./told.ts";
import "../convert/convert.css";

/** The table of segments with the form and the way to the trash. */
export const SegmentsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("segments");
  const navigate = useNavigate();
  const [form, setForm] = useState(false);
  const [total, setTotal] = useState("");
  const mayAdd = may("segments.create");
  const mayTrash = may("segments.delete");
  useSegmentsLive();
  useKeys(mayAdd ? [{ keys: "c", label: _("New segment"), group: _("This list"), run: () => setForm(true) }] : []);
  if (!object) return null;
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm(true)}>
      {_("New segment")}
    </Button>
  );
  const trash = mayTrash && (
    <Link className="to-trash quiet" to="/segments/trash" aria-label={_("The trash")} title={_("The trash")}>
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
        empty={{ words: _("Groups of contacts stand here: by a condition that keeps itself up to date, or chosen by hand."), action: add }}
      />
      {form && <SegmentForm onClose={() => setForm(false)} onSaved={({ id }) => void navigate({ to: "/segments/$id", params: { id } })} />}
    </Page>
  ); // prettier-ignore
};

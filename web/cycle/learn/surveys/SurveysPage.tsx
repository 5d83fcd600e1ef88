import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import type { Rec } from "../../../records/record.ts";

/** The surveys: what is asked, after what, and how many answered. */
export const SurveysPage = () => {
  const { _ } = useLingui();
  const object = objectOf("surveys");
  const [form, setForm] = useState<{ record?: Rec }>();
  const [total, setTotal] = useState("");
  const mayAdd = may("surveys.create");
  const mayTrash = may("surveys.delete");
  useKeys(mayAdd ? [{ keys: "c", label: _("New survey"), group: _("This list"), run: () => setForm({}) }] : []);
  if (!object) return null;
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>
      {_("New survey")}
    </Button>
  );
  const more = mayTrash && (
    <Link className="to-trash quiet" to="/surveys/trash" aria-label={_("The trash")} title={_("The trash")}>
      <Icon name="trash" />
    </Link>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={mayTrash}
        {...(may("surveys.update") ? { onEdit: (record: Rec) => setForm({ record }) } : {})}
        more={more}
        empty={{ words: _("What you ask customers stands here: after a delivery, after a case, or by hand. A low score opens a case, so that somebody calls."), action: add }}
      />
      {form && <RecordForm object={object} record={form.record} onClose={() => setForm(undefined)} />}
    </Page>
  ); // prettier-ignore
};

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
import { listOf } from "../../../customers/told.ts";

/** The plays: what is done when a customer begins to leave. */
export const PlaysPage = () => {
  const { _ } = useLingui();
  const object = objectOf("plays");
  const [form, setForm] = useState<{ record?: Rec }>();
  const [total, setTotal] = useState("");
  const mayAdd = may("plays.create");
  const mayTrash = may("plays.delete");
  useKeys(mayAdd ? [{ keys: "c", label: _("New play"), group: _("This list"), run: () => setForm({}) }] : []);
  if (!object) return null;
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>
      {_("New play")}
    </Button>
  );
  const more = (
    <>
      <Link
        className="link"
        {...listOf("contact", { field: "lifecycle_stage", op: "in", value: ["at_risk"] }, "-lifecycle_since")}
      >
        {_("Who is at risk now")}
      </Link>
      {mayTrash && (
        <Link className="to-trash quiet" to="/plays/trash" aria-label={_("The trash")} title={_("The trash")}>
          <Icon name="trash" />
        </Link>
      )}
    </>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={mayTrash}
        {...(may("plays.update") ? { onEdit: (record: Rec) => setForm({ record }) } : {})}
        more={more}
        empty={{ words: _("What you do when customers begin to leave stands here: a task with its reason for most of them, and a part left alone, so that you can tell what it is worth."), action: add }}
      />
      {form && <RecordForm object={object} record={form.record} onClose={() => setForm(undefined)} />}
    </Page>
  ); // prettier-ignore
};

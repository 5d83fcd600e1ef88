import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { objectOf } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import { Page } from "../kit/Page.tsx";
import { useKeys } from "../kit/keys.ts";
import { RecordForm } from "../kit/form/RecordForm.tsx";
import type { Rec } from "../records/record.ts";
import { RecordTable } from "../records/RecordTable.tsx";

/** The table of the kit with 12,000 sample contacts. */
export const KitTable = () => {
  const { _ } = useLingui();
  const object = objectOf("contact");
  const [form, setForm] = useState<{ record?: Rec }>();
  const [total, setTotal] = useState("");
  useKeys([{ keys: "c", label: _("New contact"), group: _("This list"), run: () => setForm({}) }]);
  if (!object) return null;
  const add = (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>
      {_("New contact")}
    </Button>
  );
  return (
    <Page title={_("Contacts")} note={total} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash
        onEdit={(record) => setForm({ record })}
        empty={{ words: _("People you know stand here."), action: add }}
      />
      {form && <RecordForm object={object} record={form.record} onClose={() => setForm(undefined)} />}
    </Page>
  );
};

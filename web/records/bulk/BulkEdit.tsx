import { useState, type FormEvent } from "react";
import { Button, Modal, Select } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { DescribedObject } from "../../kit/boot.ts";
import { FieldInput } from "../../kit/form/FieldInput.tsx";
import { isProblem, sentenceOf } from "../../kit/problem.ts";
import { tell } from "../../kit/notes.ts";
import { asSent } from "../record.ts";
import { follow } from "./follow.ts";
import { startBulk, type Whom } from "./told.ts";

export interface BulkEditProps {
  object: DescribedObject;
  whom: Whom;
  /** How many, in words. */
  many: string;
  onDone: () => void;
  onClose: () => void;
}

/** Sets one field of many records, as a job. */
const BulkEdit = ({ object, whom, many, onDone, onClose }: BulkEditProps) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const fields = object.fields.filter((field) => !field.computed && field.type !== "file");
  const [name, setName] = useState<string | null>(null);
  const [value, setValue] = useState<unknown>(null);
  const [title, setTitle] = useState<string>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = fields.find((one) => one.name === name);
  const what = _(object.label_plural).toLocaleLowerCase();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !field) return;
    if (field.required && (value === null || value === ""))
      return setError(_("{field} is needed", { field: _(field.label) }));
    setBusy(true);
    try {
      const { job_id } = await startBulk(object.name, { kind: "set", values: asSent({ [field.name]: value }) }, whom);
      tell(_("Changing {many} {what}: see Activity", { many, what }));
      void follow(job_id, (n) => _("{n, plural, one {# record} other {# records}} changed", { n }), () => cache.invalidateQueries({ queryKey: [object.plural] })); // prettier-ignore
      onDone();
      onClose();
    } catch (thrown) {
      setError((isProblem(thrown) && thrown.errors[0]?.message) || sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={_("Change {many} {what}", { many, what })}
      closeButtonProps={{ "aria-label": _("Close") }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <Select
          data-autofocus
          label={_("Field")}
          searchable
          data={fields.map((one) => ({ value: one.name, label: _(one.label) }))}
          value={name}
          onChange={(picked) => {
            setName(picked);
            setValue(fields.find((one) => one.name === picked)?.type === "boolean" ? false : null);
            setTitle(undefined);
            setError(undefined);
          }}
        />
        {field && (
          <FieldInput
            key={field.name}
            field={{ ...field, label: _("New value") }}
            value={value}
            title={title}
            error={error}
            onChange={(next, picked) => {
              setValue(next);
              setTitle(picked);
              setError(undefined);
            }}
          />
        )}
        {!field && error && (
          <p className="note" data-tone="red" role="alert">
            {error}
          </p>
        )}
        <p className="quiet small">
          {_("Old values are kept in each record's history; the whole change can be taken back.")}
        </p>
        <div className="line">
          <Button type="submit" loading={busy} disabled={!field}>
            {field && (value === null || value === "") && field.type !== "boolean" ? _("Empty it") : _("Change")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {_("Cancel")}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
export default BulkEdit;

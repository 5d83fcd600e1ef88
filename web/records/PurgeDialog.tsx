import { useState } from "react";
import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Dialog } from "../cycle/deliver/Dialog.tsx";
import { count } from "../kit/format.ts";
import { problemOf } from "../kit/problem.ts";
import { trash } from "./trash.ts";

interface Props {
  object: string;
  ids: readonly string[];
  onStarted: (job: string) => void;
  onClose: () => void;
}

/** Deletes records of the trash for good: nothing takes that back, so the person types how many they are. */
export const PurgeDialog = ({ object, ids, onStarted, onClose }: Props) => {
  const { _ } = useLingui();
  const [typed, setTyped] = useState("");
  const send = async (): Promise<void> => {
    // As the label writes it, or with no blanks, dots or commas between the digits.
    if (Number(typed.replaceAll(/[\s.,’']/g, "")) !== ids.length)
      throw problemOf(422, { errors: [{ field: "confirm", message: _("Type {n} to go on.", { n: String(ids.length) }) }] });
    onStarted((await trash().purge({ object, ids: [...ids], confirm: ids.length })).job_id);
  };
  return (
    <Dialog title={_("Delete for good")} verb={_("Delete for good")} danger fields={["confirm"]} onSubmit={send} onClose={onClose}>
      {(errors) => (
        <>
          <p>{_("{n, plural, one {# record goes} other {# records go}} with their notes, files, tasks and history. Nothing brings them back. What orders, invoices, payments or points need stays in the trash.", { n: ids.length })}</p>
          <TextInput
            data-autofocus
            label={_("How many records are deleted: {n}", { n: count(ids.length) })}
            description={_("Type the number to go on.")}
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            error={errors["confirm"]}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

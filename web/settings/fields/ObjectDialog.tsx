import { useState } from "react";
import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { customObjectsApi } from "#records";
import { client } from "../../kit/client.ts";
import { loadBoot } from "../../kit/boot.ts";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { fieldsKey } from "./fields.ts";

/** The endpoints of objects of one's own. */
export const customObjects = () => client<typeof customObjectsApi>("customObjects");
export const objectsKey = ["custom-objects"] as const;

export interface OwnTold {
  id: string;
  key: string;
  label: string;
  label_plural: string;
  title_label: string;
  retired_at: string | Date | null;
  version: number;
}

/** Reads anew what names objects: the settings, and all that was told at start. */
export const useAgain = () => {
  const cache = useQueryClient();
  return async (): Promise<void> => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: objectsKey }),
      cache.invalidateQueries({ queryKey: fieldsKey }),
      loadBoot(),
    ]);
  };
};

interface Props {
  /** The one to rename; a new one without. */
  object?: OwnTold | undefined;
  onMade: (name: string) => void;
  onClose: () => void;
}

/** Makes an object of one's own, or changes what it is called. */
export const ObjectDialog = ({ object, onMade, onClose }: Props) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [words, setWords] = useState({ label: object?.label ?? "", label_plural: object?.label_plural ?? "", title_label: object?.title_label ?? _("Name") });
  const save = async (): Promise<void> => {
    const name = words.label_plural;
    if (object) {
      const { id, label, label_plural, title_label, version } = object;
      const saved = await customObjects().update({ id, version, ...words });
      done(_("{name} changed", { name }), () => customObjects().update({ id, version: saved.version, label, label_plural, title_label }).then(again));
      await again();
      return;
    }
    const { id, key } = await customObjects().create(words);
    done(_("{name} added", { name }), () => customObjects().retire({ id }).then(again));
    await again();
    onMade(`custom/${key}`);
  };
  const input = (field: keyof typeof words, label: string, help: string, error: string | undefined, first = false) => (
    <TextInput {...(first ? { "data-autofocus": true } : {})} label={label} description={help} withAsterisk maxLength={60} value={words[field]} error={error} onChange={(event) => setWords({ ...words, [field]: event.currentTarget.value })} />
  );
  return (
    <Dialog title={object ? _("Rename {name}", { name: object.label_plural }) : _("New object")} verb={object ? _("Save") : _("Add")} fields={Object.keys(words)} onSubmit={save} onClose={onClose}>
      {(errors) => (
        <>
          {input("label", _("One of them"), _("Vehicle"), errors["label"], true)}
          {input("label_plural", _("Many of them"), _("Vehicles"), errors["label_plural"])}
          {input("title_label", _("What tells them apart"), _("Its first field: a name, a number plate"), errors["title_label"])}
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

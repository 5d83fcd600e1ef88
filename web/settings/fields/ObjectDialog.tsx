import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { customObjectsApi } from "#records";
import { client } from "../../kit/client.ts";
import { loadBoot } from "../../kit/boot.ts";
import { useSetting } from "../../kit/form/useSetting.tsx";
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

type Words = Pick<OwnTold, "label" | "label_plural" | "title_label" | "version">;

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
  const labels = { label: _("One of them"), label_plural: _("Many of them"), title_label: _("What tells them apart") };
  const { values: words, set, conflict, save } = useSetting<Words>(object ?? { label: "", label_plural: "", title_label: _("Name"), version: 0 }, {
    parts: (["label", "label_plural", "title_label"] as const).map((name) => ({ name, label: labels[name] })),
    read: async () => (await customObjects().list({})).items.find((one) => one.id === object?.id),
  });
  const given = ({ label, label_plural, title_label }: Words) => ({ label, label_plural, title_label });
  const name = words.label_plural;
  const write = async (changed: Partial<Words>, onto: Words): Promise<number> => {
    const { id } = object!;
    const saved = await customObjects().update({ id, version: onto.version, ...given({ ...onto, ...changed }) });
    done(_("{name} changed", { name }), () => customObjects().update({ id, version: saved.version, ...given(onto) }).then(again));
    await again();
    return saved.version;
  };
  const add = async (): Promise<void> => {
    const { id, key } = await customObjects().create(given(words));
    done(_("{name} added", { name }), () => customObjects().retire({ id }).then(again));
    await again();
    onMade(`custom/${key}`);
  };
  const input = (field: keyof typeof labels, help: string, error: string | undefined, first = false) => (
    <TextInput {...(first ? { "data-autofocus": true } : {})} label={labels[field]} description={help} withAsterisk maxLength={60} value={words[field]} error={error} onChange={(event) => set({ [field]: event.currentTarget.value })} />
  );
  return (
    <Dialog title={object ? _("Rename {name}", { name: object.label_plural }) : _("New object")} verb={object ? _("Save") : _("Add")} fields={Object.keys(labels)} conflict={conflict} onSubmit={() => (object ? save(write) : add())} onClose={onClose}>
      {(errors) => (
        <>
          {input("label", _("Vehicle"), errors["label"], true)}
          {input("label_plural", _("Vehicles"), errors["label_plural"])}
          {input("title_label", _("Its first field: a name, a number plate"), errors["title_label"])}
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

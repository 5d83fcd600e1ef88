import { useState } from "react";
import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { objectOf } from "../../../kit/boot.ts";
import { OwnFields, ownNames } from "../../../kit/form/OwnFields.tsx";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
import { asSent } from "../../../records/record.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { campaigns } from "./told.ts";

/** Begins a campaign: what it is called, who it is for, and which mail it begins with. */
export const NewCampaign = ({ onClose }: { onClose: () => void }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const [template, setTemplate] = useState("letter");
  const [segment, setSegment] = useState<{ id: string; title: string } | null>(null);
  const [own, setOwn] = useState<Record<string, unknown>>({});
  const object = objectOf("campaigns");
  const { data } = useQuery({ queryKey: ["campaigns", "beginnings"], queryFn: () => campaigns().beginnings({}), staleTime: Infinity });
  const make = async (): Promise<void> => {
    const made = await campaigns().create({ name: name.trim(), template, ...(segment ? { segment_id: segment.id } : {}), ...asSent(own) });
    void cache.invalidateQueries({ queryKey: ["campaigns"] });
    void navigate({ to: "/campaigns/$id", params: { id: made.id } });
  };
  return (
    <Dialog title={_("New campaign")} verb={_("Begin")} fields={["name", "segment_id", ...ownNames(object)]} onSubmit={make} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Name")} withAsterisk maxLength={200} value={name} error={errors.name} onChange={(event) => setName(event.currentTarget.value)} />
          <RelationPicker to="segment" label={_("Segment")} value={segment?.id ?? null} title={segment?.title} error={errors.segment_id} onPick={setSegment} />
          <NativeSelect label={_("Begin with")} value={template} onChange={(event) => setTemplate(event.currentTarget.value)}
            data={(data?.templates ?? []).map((one) => ({ value: one.key, label: _(one.name) }))} />
          <OwnFields object={object} values={own} errors={errors} onChange={(field, value) => setOwn((before) => ({ ...before, [field]: value }))} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

import { useState } from "react";
import { NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { RelationPicker } from "../../../kit/form/RelationPicker.tsx";
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
  const { data } = useQuery({ queryKey: ["campaigns", "beginnings"], queryFn: () => campaigns().beginnings({}), staleTime: Infinity });
  const make = async (): Promise<void> => {
    const made = await campaigns().create({ name: name.trim(), template, ...(segment ? { segment_id: segment.id } : {}) });
    void cache.invalidateQueries({ queryKey: ["campaigns"] });
    void navigate({ to: "/campaigns/$id", params: { id: made.id } });
  };
  return (
    <Dialog title={_("New campaign")} verb={_("Begin")} fields={["name", "segment_id"]} onSubmit={make} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Name")} withAsterisk maxLength={200} value={name} error={errors.name} onChange={(event) => setName(event.currentTarget.value)} />
          <RelationPicker to="segment" label={_("Segment")} value={segment?.id ?? null} title={segment?.title} error={errors.segment_id} onPick={setSegment} />
          <NativeSelect label={_("Begin with")} value={template} onChange={(event) => setTemplate(event.currentTarget.value)}
            data={(data?.templates ?? []).map((one) => ({ value: one.key, label: _(one.name) }))} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { SegmentLeaf } from "#kernel/condition";
import { rememberSegments } from "../filter/segment-names.ts";
import { recordsOf } from "../record.ts";

const offered = 200; // segments

/** All segments of the company, by name; their names are kept for sentences. */
export const useSegments = (enabled = true) =>
  useQuery({
    enabled,
    queryKey: ["segments", "all"],
    queryFn: async ({ signal }) => {
      const { items } = await recordsOf("segments").list({ sort: "name", limit: offered }, signal);
      const named = items.map((item) => ({
        id: item.id,
        name: String(item["name"]),
        kind: String(item["kind"]),
        kept: Boolean(item["kept_by"]),
      }));
      rememberSegments(named);
      return named;
    },
  });

/** Edits "is in the segment …". */
export const SegmentEditor = ({ leaf, onChange }: { leaf: SegmentLeaf; onChange: (leaf: SegmentLeaf) => void }) => {
  const { _ } = useLingui();
  const segments = useSegments();
  return (
    <div className="cond-line">
      <NativeSelect
        aria-label={_("In it or not")}
        value={leaf.is ? "in" : "out"}
        onChange={(event) => onChange({ ...leaf, is: event.currentTarget.value === "in" })}
        data={[{ value: "in", label: _("is in the segment") }, { value: "out", label: _("is not in the segment") }]}
      />
      <NativeSelect
        aria-label={_("Segment")}
        value={leaf.segment}
        onChange={(event) => onChange({ ...leaf, segment: event.currentTarget.value })}
        data={[{ value: "", label: _("Choose a segment") }, ...(segments.data ?? []).map((s) => ({ value: s.id, label: s.name }))]}
      />
    </div>
  ); // prettier-ignore
};

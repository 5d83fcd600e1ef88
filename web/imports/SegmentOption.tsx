import { Select } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useSegments } from "../records/condition/SegmentEditor.tsx";

/** The segment that a file's contacts are put into: one of those made by hand. */
export const SegmentOption = ({ value, error, onSegment }: { value: string; error: string | undefined; onSegment: (id: string | undefined) => void }) => {
  const { _ } = useLingui();
  const byHand = (useSegments().data ?? []).filter((one) => one.kind === "static" && !one.kept);
  return (
    <Select
      label={_("They are put into the segment")}
      description={byHand.length === 0 ? _("No segment is made by hand yet: make one among the segments first.") : undefined}
      data={byHand.map((one) => ({ value: one.id, label: one.name }))}
      value={value || null}
      error={error}
      onChange={(id) => onSegment(id ?? undefined)}
      searchable
      limit={300}
      nothingFoundMessage={_("Nothing found")}
    />
  );
}; // prettier-ignore

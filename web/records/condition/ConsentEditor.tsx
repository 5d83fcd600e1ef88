import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { ConsentLeaf } from "#kernel/condition";
import { purposeChoices } from "../filter/purposes.ts";

/** Edits "gave consent to …". */
export const ConsentEditor = ({ leaf, onChange }: { leaf: ConsentLeaf; onChange: (leaf: ConsentLeaf) => void }) => {
  const { _ } = useLingui();
  return (
    <div className="cond-line">
      <NativeSelect
        aria-label={_("Given or not")}
        value={leaf.is ? "yes" : "no"}
        onChange={(event) => onChange({ ...leaf, is: event.currentTarget.value === "yes" })}
        data={[
          { value: "yes", label: _("gave consent to") },
          { value: "no", label: _("gave no consent to") },
        ]}
      />
      <NativeSelect
        aria-label={_("Purpose")}
        value={leaf.consent}
        onChange={(event) => onChange({ ...leaf, consent: event.currentTarget.value })}
        data={purposeChoices.map(({ value, label }) => ({ value, label: _(label) }))}
      />
    </div>
  );
};

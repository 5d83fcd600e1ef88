import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { percent } from "../kit/format.ts";
import type { Import, Importable } from "./told.ts";
import { fileOf, useSending } from "./useSending.ts";

/** What the file holds; another answer reads the same file anew. */
export const WhatItIs = ({ one, all }: { one: Import; all: readonly Importable[] }) => {
  const { _ } = useLingui();
  const sending = useSending();
  const file = fileOf(one.id);
  if (all.length < 2) return null;
  return (
    <section>
      <NativeSelect
        label={_("This file holds")}
        description={file ? undefined : _("To read it as something else, choose the file again on the import page.")}
        disabled={!file || sending.file !== undefined}
        value={one.object}
        data={all.map((each) => ({ value: each.object, label: _(each.label) }))}
        onChange={(event) => file && void sending.send(file, event.currentTarget.value)}
      />
      <p role="status" className="quiet small">
        {sending.file && _("Reading it anew: {share}", { share: percent(sending.share) })}
      </p>
      {sending.failed && (
        <p role="alert" className="note" data-tone="red">
          {sending.failed}
        </p>
      )}
    </section>
  );
};

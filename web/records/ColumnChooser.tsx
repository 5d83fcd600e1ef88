import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { DescribedObject } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import { Late } from "../kit/Late.tsx";

export interface Choosing {
  object: DescribedObject;
  shown: readonly string[];
  onShown: (names: string[]) => void;
  onUsual: () => void;
}

const fetchList = () => import("./ColumnList.tsx");

/** Which columns are shown and in which order; the way without dragging. */
export const ColumnChooser = (choosing: Choosing) => {
  const { _ } = useLingui();
  return (
    <Late
      {...choosing}
      near={fetchList}
      button={(act) => (
        <ActionIcon aria-label={_("Columns")} title={_("Columns")} aria-haspopup="dialog" {...act}>
          <Icon name="columns" />
        </ActionIcon>
      )}
    />
  );
};

import { lazy, Suspense, useState, type ReactNode } from "react";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { may, objectOf } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { useView } from "../../records/RecordTable.tsx";
import { useSegments } from "../../records/condition/SegmentEditor.tsx";
import type { Whom } from "./AddToSegment.tsx";

const AddToSegment = lazy(() => import("./AddToSegment.tsx"));
const SegmentForm = lazy(async () => ({ default: (await import("./SegmentForm.tsx")).SegmentForm }));

interface Segmenting {
  more?: ReactNode;
  bulk?: (ids: readonly string[], clear: () => void) => ReactNode;
  dialog?: ReactNode;
}

/** What the table of contacts offers about segments: save its filter as one, add the selected contacts or all it shows to one. */
export function useSegmenting(here: boolean): Segmenting {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const [{ filter, q }] = useView(here ? "contact" : undefined);
  // A filter holds only ids of segments: their names are asked for when it has one.
  useSegments(here && JSON.stringify(filter ?? null).includes('"segment"'));
  const [open, setOpen] = useState<{ save: true } | { whom: Whom; clear: () => void }>();
  const mayMake = here && objectOf("segments") !== undefined && may("segments.create");
  const maySave = mayMake && filter !== undefined && q === undefined;
  const group = _("This list");
  const save = (): void => setOpen({ save: true });
  const addAll = (): void => setOpen({ whom: { ...(filter ? { filter } : {}), ...(q ? { q } : {}) }, clear: () => undefined });
  const mayAddAll = mayMake && (filter !== undefined || q !== undefined);
  useKeys([
    ...(maySave ? [{ keys: "shift+s", label: _("Save as segment…"), group, run: save }] : []),
    ...(mayAddAll ? [{ keys: "shift+a", label: _("Add all of these to a segment…"), group, run: addAll }] : []),
  ]);
  if (!mayMake) return {};
  const close = (): void => setOpen(undefined);
  return {
    more: mayAddAll && (
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon aria-label={_("Segments")} title={_("Segments")}><Icon name="segment" size={16} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {maySave && <Menu.Item onClick={save}>{_("Save as segment…")}</Menu.Item>}
          <Menu.Item onClick={addAll}>{_("Add all of these to a segment…")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    ),
    bulk: (ids, clear) => <Button variant="default" onClick={() => setOpen({ whom: { ids }, clear })}>{_("Add to segment…")}</Button>,
    dialog: open && (
      <Suspense fallback={null}>
        {"save" in open
          ? filter && <SegmentForm given={filter} onClose={close} onSaved={({ id }) => void navigate({ to: "/segments/$id", params: { id } })} />
          : <AddToSegment whom={open.whom} onDone={open.clear} onClose={close} />}
      </Suspense>
    ),
  };
} // prettier-ignore

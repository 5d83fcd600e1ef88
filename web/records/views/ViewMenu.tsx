import { lazy, Suspense, useState } from "react";
import { ActionIcon, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { SavedView } from "#records";
import { boot, may } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import type { Acts } from "./useActs.ts";
import type { Viewing } from "./useViewing.ts";

const ShareView = lazy(() => import("./ShareView.tsx"));

/** What can be done with the view that is shown: rename, share, make it what the list opens with, pin, remove. */
export const ViewMenu = ({ view, viewing, acts, onRename }: { view: SavedView; viewing: Viewing; acts: Acts; onRename: () => void }) => {
  const { _ } = useLingui();
  const everybody = may("views.manage") && view.visibility === "shared";
  const [sharing, setSharing] = useState(false);
  const hers = view.shared_with > 0 ? _("Shared with {n, plural, one {# person or team} other {# people and teams}}", { n: view.shared_with }) : _("Only you see this view");
  const mayShare = view.owner?.id === boot().me?.id || may("views.manage");
  const opens = viewing.default_id === view.id;
  const opensAll = viewing.company_default_id === view.id;
  return (
    <>
    {sharing && <Suspense fallback={null}><ShareView view={view} onClose={() => setSharing(false)} /></Suspense>}
    <Menu position="bottom-start" returnFocus>
      <Menu.Target>
        <ActionIcon aria-label={_("More about the view {name}", { name: view.name })}><Icon name="more" size={14} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {view.owner && <Menu.Label>{view.visibility === "shared" ? _("Shared by {name}", { name: view.owner.name }) : hers}</Menu.Label>}
        {view.changeable && <Menu.Item onClick={onRename}>{_("Rename…")}</Menu.Item>}
        {view.changeable && <Menu.Item onClick={() => void acts.share(view)}>{view.visibility === "private" ? _("Share with everybody") : _("Make private")}</Menu.Item>}
        {mayShare && <Menu.Item onClick={() => setSharing(true)}>{_("Share with people and teams…")}</Menu.Item>}
        <Menu.Item onClick={() => void acts.chooseDefault(opens ? null : view.id, "me")}>{opens ? _("Do not open my list with it") : _("Open my list with it")}</Menu.Item>
        {view.pinned !== "everybody" && <Menu.Item onClick={() => void acts.pin(view, "me")}>{view.pinned === "me" ? _("Take off the tabs") : _("Pin as a tab")}</Menu.Item>}
        {view.pinned && (view.pinned === "me" || everybody) && (
          <>
            <Menu.Item onClick={() => void acts.move(view, -1)}>{_("Move the tab forward")}</Menu.Item>
            <Menu.Item onClick={() => void acts.move(view, 1)}>{_("Move the tab back")}</Menu.Item>
          </>
        )}
        {everybody && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void acts.chooseDefault(opensAll ? null : view.id, "everybody")}>{opensAll ? _("Do not open everybody's list with it") : _("Open everybody's list with it")}</Menu.Item>
            <Menu.Item onClick={() => void acts.pin(view, "everybody")}>{view.pinned === "everybody" ? _("Take off everybody's tabs") : _("Pin for everybody")}</Menu.Item>
          </>
        )}
        {view.changeable && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<Icon name="trash" size={14} />} onClick={() => void acts.trash(view)}>{_("Remove")}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
    </>
  );
}; // prettier-ignore

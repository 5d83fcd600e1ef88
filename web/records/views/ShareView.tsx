import { useState } from "react";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SavedView, Sharing } from "#records";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";
import { Ask } from "../../settings/Ask.tsx";
import { Rows as ShareRows } from "../beside/ShareDialog.tsx";
import { views } from "./useViewing.ts";

type Shares = Sharing["shares"];
type Told = Pick<Sharing, "shares" | "version">;

/** With which people and teams a view is shared; one save, one way back. */
const ShareView = ({ view, onClose }: { view: SavedView; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const queryKey = ["view-shares", view.id];
  const asked = useQuery({ queryKey, queryFn: () => views().shares({ id: view.id }) });
  const [draft, setDraft] = useState<Shares>();
  // What the draft was begun from: what others change since is not gone over unseen.
  const [before, setBefore] = useState<Told>();
  const put = async (shares: Shares, version: number): Promise<void> => {
    await views().share({ id: view.id, version, shares: shares.map(({ user_id, team_id, can_edit }) => ({ user_id, team_id, can_edit })) });
    await Promise.all([queryKey, ["views", view.object]].map((key) => cache.invalidateQueries({ queryKey: key })));
  };
  const save = async (): Promise<void> => {
    if (!draft || !before) return;
    await put(draft, before.version);
    const { version } = await views().shares({ id: view.id });
    done(_("Sharing of {name} changed", { name: view.name }), () => put(before.shares, version));
  };
  return (
    <Dialog title={_("Share {name}", { name: view.name })} verb={_("Save")} size={480} fields={[]} disabled={!draft} onSubmit={save} onClose={onClose}>
      {() => (
        <Ask asked={asked}>
          {(told) => (
            <ShareRows
              draft={{ shares: draft ?? told.shares, private: false }}
              told={{ shares: told.shares, private: false, can_be_private: false }}
              nobody={view.visibility === "shared" ? _("Everybody sees it; those named here may also change it.") : _("Nobody else sees it yet.")}
              onChange={(next) => {
                setDraft(next.shares);
                setBefore(before ?? told);
              }}
            />
          )}
        </Ask>
      )}
    </Dialog>
  );
}; // prettier-ignore
export default ShareView;

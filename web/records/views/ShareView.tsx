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

/** With which people and teams a view is shared; one save, one way back. */
const ShareView = ({ view, onClose }: { view: SavedView; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const queryKey = ["view-shares", view.id];
  const asked = useQuery({ queryKey, queryFn: () => views().shares({ id: view.id }) });
  const [draft, setDraft] = useState<Shares>();
  const put = async (shares: Shares): Promise<void> => {
    await views().share({ id: view.id, shares: shares.map(({ user_id, team_id, can_edit }) => ({ user_id, team_id, can_edit })) });
    await Promise.all([queryKey, ["views", view.object]].map((key) => cache.invalidateQueries({ queryKey: key })));
  };
  const save = async (): Promise<void> => {
    const before = asked.data?.shares;
    if (!draft || !before) return;
    await put(draft);
    done(_("Sharing of {name} changed", { name: view.name }), () => put(before));
  };
  return (
    <Dialog title={_("Share {name}", { name: view.name })} verb={_("Save")} size={480} fields={[]} disabled={!draft} onSubmit={save} onClose={onClose}>
      {() => (
        <Ask asked={asked}>
          {({ shares }) => (
            <ShareRows
              draft={{ shares: draft ?? shares, private: false }}
              told={{ shares, private: false, can_be_private: false }}
              onChange={(next) => setDraft(next.shares)}
            />
          )}
        </Ask>
      )}
    </Dialog>
  );
}; // prettier-ignore
export default ShareView;

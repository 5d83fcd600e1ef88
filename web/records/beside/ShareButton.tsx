import { lazy, Suspense, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useLingui } from "@lingui/react";
import { offers } from "../../kit/client.ts";
import { may, objectOf } from "../../kit/boot.ts";
import type { Here } from "../../kit/here.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { sharing } from "../../settings/access/access.ts";

const ShareDialog = lazy(() => import("./ShareDialog.tsx"));

/** Opens whom the record is shared with; on records that belong to somebody. */
export const ShareButton = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState(false);
  const object = objectOf(here.plural);
  const shared = offers("sharing.get") && may(`${here.plural}.update`) && object?.fields.some((f) => f.name === "owner_id");
  // Also on the record itself: that it is not as its role alone would have it.
  const asked = useQuery({ queryKey: ["sharing", here.object, here.record_id], queryFn: () => sharing().get({ object: here.object, id: here.record_id }), enabled: Boolean(shared) });
  const count = asked.data?.shares.length ?? 0;
  const hidden = asked.data?.private ?? false;
  const label = [_("Share"), hidden && _("private"), count > 0 && _("shared with {n}", { n: count })].filter(Boolean).join(", ");
  useKeys(shared ? [{ keys: "shift+w", label, group: _("This record"), run: () => setOpen(true) }] : []);
  if (!shared) return null;
  return (
    <>
      <button type="button" className="beside-button" aria-label={label} title={label} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name={hidden ? "lock" : "contact"} />
        {count > 0 && <span className="number small">{count}</span>}
      </button>
      <Suspense fallback={null}>{open && <ShareDialog here={here} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}; // prettier-ignore

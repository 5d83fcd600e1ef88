import { useLingui } from "@lingui/react";
import { Icon } from "../../kit/Icon.tsx";
import type { Here } from "../../kit/here.ts";
import { useKeys } from "../../kit/keys.ts";
import { useStar } from "../../favourites/told.ts";

/** Keeps the record at hand: in the navigation and in the palette. */
export const Star = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  const { starred, turn } = useStar(here);
  const label = starred ? _("Take the star off") : _("Star this record");
  useKeys([{ keys: "shift+s", label, group: _("This record"), run: turn }]);
  return (
    <button type="button" className="beside-button" aria-pressed={starred} aria-label={_("Favourite")} title={label} data-starred={starred || undefined} onClick={turn}>
      <Icon name="star" />
    </button>
  ); // prettier-ignore
};

import { useState } from "react";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { Lens } from "#customers";
import { request } from "../kit/client.ts";
import { Icon } from "../kit/Icon.tsx";
import { movedWords, type MovedAsked } from "./moved.ts";

/** All lenses of the workspace, in their order. */
export const useLenses = () =>
  useQuery({
    queryKey: ["lenses"],
    queryFn: ({ signal }) => request<{ items: readonly Lens[] }>("GET /lenses", {}, signal),
    staleTime: 300_000,
  });

/** Who moved on in the ring, as a chip in plain words beside the filter's; it can only be taken away. */
export const MovedChip = ({ moved, onRemove }: { moved: MovedAsked; onRemove: () => void }) => {
  const { _ } = useLingui();
  const lenses = useLenses();
  const [now] = useState(() => new Date());
  // Keys of steps are no words: the chip waits for the lens, and shows them only when there is none.
  if (lenses.isPending) return null;
  const lens = "lens" in moved ? lenses.data?.items.find((one) => one.key === moved.lens) : undefined;
  const said = movedWords(moved, lens, now);
  return (
    <span className="filter-group">
      <span className="filter-chip filter-moved" title={lens ? `${_(lens.name)}: ${said}` : said}>
        <span className="clip">{said}</span>
        <button
          type="button"
          className="plain filter-x"
          aria-label={_("Remove the filter {what}", { what: said })}
          onClick={onRemove}
        >
          <Icon name="x" size={12} />
        </button>
      </span>
    </span>
  );
};

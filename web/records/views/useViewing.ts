import { useCallback, useMemo } from "react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { SavedView, viewsApi } from "#records";
import { may } from "../../kit/boot.ts";
import { client, offers } from "../../kit/client.ts";
import { rememberTitle } from "../filter/titles.ts";
import { customersSearch, parts, type View } from "../view.ts";
import { changed, deviates, saysMore, shownBy, type Change } from "./overlay.ts";

/** What is asked about saved views. */
export const views = () => client<typeof viewsApi>("views");

/** A list with its saved views: which one is shown, what differs from it, and how to change what is shown. */
export interface Viewing {
  view: View;
  change: (next: Change) => void;
  /** Shows a saved view as it was saved; "all": no saved view. */
  show: (id: string) => void;
  saved: SavedView | undefined;
  /** The address asks for a saved view that is not there for this person. */
  lost: boolean;
  deviates: boolean;
  /** False until the saved views are known: which rows to ask for hangs on them. */
  ready: boolean;
  views: readonly SavedView[];
  default_id: string | null;
  company_default_id: string | null;
}

const none: readonly SavedView[] = [];

/** The view in the address, laid over the saved one it names or the one the list opens with; the history keeps one entry per step. */
export function useViewing(object: string | undefined): Viewing {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const keeps = object !== undefined && offers("views.list") && may("views.read");
  const known = useQuery({
    queryKey: ["views", object],
    queryFn: async () => {
      const told = await views().list({ object: object ?? "" });
      for (const [id, title] of Object.entries(told.titles)) rememberTitle(id, title);
      return told;
    },
    enabled: keeps,
    staleTime: 60_000,
    retry: 1,
  });
  const all = known.data?.items ?? none;
  const first = known.data?.default_id ?? null;
  const asked = useMemo(() => customersSearch(search), [search]);
  const id = asked.view ?? (saysMore(asked) ? undefined : (first ?? undefined));
  const saved = useMemo(() => all.find((one) => one.id === id), [all, id]);
  const view = useMemo(() => shownBy(saved, asked), [saved, asked]);
  const change = useCallback(
    (next: Change) => {
      // What was changed stays this view's, and never falls back to the one the list opens with.
      const of = saved?.id ?? (first ? "all" : undefined);
      void navigate({ to: ".", search: (before: Record<string, unknown>) => put(before, { ...changed(saved, customersSearch(before), next), view: of }) }); // prettier-ignore
    },
    [navigate, saved, first],
  );
  const show = useCallback(
    (to: string) => {
      const bare = Object.fromEntries([...parts, "less", "moved"].map((part) => [part, undefined]));
      void navigate({ to: ".", search: (before: Record<string, unknown>) => put(before, { ...bare, view: to === "all" && !first ? undefined : to }) }); // prettier-ignore
    },
    [navigate, first],
  );
  return {
    view,
    change,
    show,
    saved,
    lost: known.isSuccess && saved === undefined && asked.view !== undefined && asked.view !== "all",
    deviates: deviates(saved, asked),
    ready: !keeps || !known.isPending,
    views: all,
    default_id: first,
    company_default_id: known.data?.company_default_id ?? null,
  };
}

const put = (before: Record<string, unknown>, next: Change): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...before, ...next }).filter(([, value]) => value !== undefined && value !== ""));

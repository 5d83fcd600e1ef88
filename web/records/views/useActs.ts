import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { SavedView, ViewValues } from "#records";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import type { View } from "../view.ts";
import { views, type Viewing } from "./useViewing.ts";

/** What of a view is saved; the columns as they are seen, whether the person chose them or not. */
export const valuesOf = (view: View, cols: readonly string[]): Pick<ViewValues, "kind" | "query" | "columns" | "group" | "options"> => ({
  kind: view.kind ?? "table",
  query: {
    ...(view.filter ? { filter: view.filter } : {}),
    ...(view.sort ? { sort: view.sort } : {}),
    ...(view.q ? { q: view.q } : {}),
  },
  columns: [...cols],
  group: view.group ?? null,
  options: view.options ?? {},
}); // prettier-ignore

/** What can be done with saved views; each act can be taken back, a refusal is told. */
export function useActs(object: string, viewing: Viewing, cols: readonly string[]) {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ["views", object] });
  const tried = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      await again();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
      await again();
    }
  };
  const patch = async (view: SavedView, values: Partial<ViewValues>): Promise<void> => {
    await views().update({ id: view.id, version: view.version, ...values });
  };
  /** Changes a view and offers to put it back as it was. */
  const change = (view: SavedView, values: Partial<ViewValues>, words: string): Promise<void> =>
    tried(async () => {
      const before = Object.fromEntries(Object.keys(values).map((key) => [key, view[key as keyof ViewValues]]));
      await patch(view, values);
      done(words, async () => {
        const now = await views().get({ id: view.id });
        await views().update({ id: view.id, version: now.version, ...before });
        await again();
      });
    });
  const pinned = (whose: "me" | "everybody"): string[] =>
    viewing.views.filter((view) => view.pinned === whose).map((view) => view.id);
  const pin = (ids: string[], whose: "me" | "everybody") =>
    tried(() => views().pin({ object, ids, whose, seen: pinned(whose) }));
  return {
    save: async (view: SavedView) => {
      await change(view, valuesOf(viewing.view, cols), _("View {name} saved", { name: view.name }));
      viewing.show(view.id);
    },
    /** Throws the refusal, for the dialog that asked for the name. */
    saveAs: async (name: string, visibility: ViewValues["visibility"]) => {
      const made = await views().create({ object, name, visibility, ...valuesOf(viewing.view, cols) });
      const { id } = made;
      await views().pin({ object, ids: [...pinned("me"), id], whose: "me", seen: pinned("me") });
      await again();
      viewing.show(id);
      done(_("View {name} saved", { name: made.name }), async () => {
        await views().trash({ id });
        viewing.show("all");
        await again();
      });
    },
    rename: async (view: SavedView, name: string) => {
      await patch(view, { name });
      await again();
    },
    share: (view: SavedView) =>
      view.visibility === "private"
        ? change(view, { visibility: "shared" }, _("{name} is shared with everybody", { name: view.name }))
        : change(view, { visibility: "private" }, _("{name} is private", { name: view.name })),
    chooseDefault: (id: string | null, whose: "me" | "everybody") =>
      tried(async () => {
        const before = whose === "me" ? viewing.default_id : viewing.company_default_id;
        await views().chooseDefault({ object, id, whose });
        done(id ? _("This list opens with this view") : _("This list opens with everything"), async () => {
          await views().chooseDefault({ object, id: before, whose });
          await again();
        });
      }),
    pin: (view: SavedView, whose: "me" | "everybody") =>
      view.pinned === whose
        ? pin(pinned(whose).filter((id) => id !== view.id), whose)
        : pin([...pinned(whose), view.id], whose),
    /** One place to the left or right among the tabs of the same person. */
    move: (view: SavedView, by: number) => {
      if (!view.pinned) return Promise.resolve();
      const ids = pinned(view.pinned);
      const from = ids.indexOf(view.id);
      const rest = ids.filter((id) => id !== view.id);
      rest.splice(Math.max(0, Math.min(rest.length, from + by)), 0, view.id);
      return pin(rest, view.pinned);
    },
    trash: (view: SavedView) =>
      tried(async () => {
        await views().trash({ id: view.id });
        viewing.show("all");
        done(_("View {name} removed", { name: view.name }), async () => {
          await views().restore({ id: view.id });
          await again();
          viewing.show(view.id);
        });
      }),
  }; // prettier-ignore
}
export type Acts = ReturnType<typeof useActs>;

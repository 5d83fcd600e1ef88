import { lazy, Suspense, useEffect, useState } from "react";
import { useLingui } from "@lingui/react";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { listenToKeys, useKeys } from "../kit/keys.ts";
import { keepFocus } from "../kit/focus.ts";
import { listenLive } from "../kit/live.ts";
import { objectOf } from "../kit/boot.ts";
import type { Making } from "../kit/making.ts";
import { undoLast } from "../kit/undo.ts";
import { offers } from "../kit/client.ts";
import { Nav } from "./Nav.tsx";
import { OfflineBanner } from "./OfflineBanner.tsx";
import { closeNav, foldNav, useNav } from "./nav-state.ts";
import { places } from "./places.ts";
import "./shell.css";

// Not needed for the first paint: fetched while the browser is idle, so that Ctrl K still opens within 100 ms.
const fetchPalette = () => import("./Palette.tsx");
const Palette = lazy(fetchPalette);
const Create = lazy(() => import("./Create.tsx"));
const KeySheet = lazy(() => import("./KeySheet.tsx"));

const useShellKeys = (open: (what: "palette" | "keys" | "create") => void): void => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  useKeys([
    {
      keys: "mod+k",
      label: _("Search, go to or do"),
      group: _("Everywhere"),
      run: () => open("palette"),
      always: true,
      quiet: true,
    },
    { keys: "c", label: _("Make something new"), group: _("Everywhere"), run: () => open("create"), otherwise: true },
    {
      keys: "shift+c",
      label: _("Make something new"),
      group: _("Everywhere"),
      run: () => open("create"),
      otherwise: true,
      quiet: true,
    },
    { keys: "mod+z", label: _("Take back the last change"), group: _("Everywhere"), run: undoLast },
    {
      keys: "?",
      label: _("Show the keys of this screen"),
      group: _("Everywhere"),
      run: () => open("keys"),
    },
    { keys: "[", label: _("Fold the navigation"), group: _("Everywhere"), run: foldNav },
    ...places()
      .filter((place) => place.letter !== "")
      .map((place) => ({
        keys: `g ${place.letter}`,
        label: _("Go to {place}", { place: _(place.label) }),
        group: _("Go to"),
        run: () => void navigate({ to: place.to }),
        quiet: true,
      })),
  ]);
};

/** Navigation beside the screen, and what lies over both: palette, key sheet, banner. */
export const Shell = () => {
  const { _ } = useLingui();
  const { folded, open: drawer } = useNav();
  const [over, setOver] = useState<"palette" | "keys" | "create">();
  const [making, setMaking] = useState<Making>();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const cache = useQueryClient();
  useShellKeys(setOver);
  useEffect(listenToKeys, []);
  useEffect(keepFocus, []);
  useEffect(closeNav, [path]);
  // Whoever only passes through has not opened it.
  useEffect(() => {
    const stayed = setTimeout(() => void import("./visits.ts").then((visits) => visits.noteVisit(path)), 1000);
    return () => clearTimeout(stayed);
  }, [path]);
  useEffect(
    () => (offers("live.stream") ? listenLive(cache, (object) => objectOf(object)?.plural) : undefined),
    [cache],
  );
  useEffect(() => {
    const idle = setTimeout(() => void fetchPalette(), 1500);
    return () => clearTimeout(idle);
  }, []);
  return (
    <div className="shell" data-folded={folded || undefined} data-drawer={drawer || undefined}>
      <a className="skip" href="#main">
        {_("Skip to the content")}
      </a>
      <Nav onSearch={() => setOver("palette")} onKeys={() => setOver("keys")} />
      <button
        type="button"
        className="nav-shade"
        aria-label={_("Close navigation")}
        onClick={closeNav}
        tabIndex={drawer ? 0 : -1}
      />
      <div className="screen">
        <OfflineBanner />
        <Outlet />
      </div>
      <Suspense fallback={null}>
        {(over === "palette" || over === "create") && (
          <Palette key={over} creating={over === "create"} onMake={setMaking} onClose={() => setOver(undefined)} />
        )}
        {making && making.how !== "page" && <Create making={making} onClose={() => setMaking(undefined)} />}
        {over === "keys" && <KeySheet onClose={() => setOver(undefined)} />}
      </Suspense>
    </div>
  );
};

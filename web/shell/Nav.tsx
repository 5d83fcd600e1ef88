import { lazy, Suspense } from "react";
import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useRouterState } from "@tanstack/react-router";
import { useBoot, workspace } from "../kit/boot.ts";
import { count } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { Late } from "../kit/Late.tsx";
import { keyCaps } from "../kit/keys.ts";
import { useDay } from "../day/told.ts";
import { useUnread } from "../notifications/unread.ts";
import { foldNav } from "./nav-state.ts";
import { places, type Place } from "./places.ts";
import { Tray } from "./Tray.tsx";

// Not needed for the first paint.
const NavFavourites = lazy(() => import("../favourites/NavFavourites.tsx"));

/** How much is due. */
const DayCount = () => {
  const { data } = useDay();
  return data && data.total > 0 ? <span className="nav-count number quiet small">{count(data.total)}</span> : null;
};

/** How much one has not read yet; the server counts to 100. */
const UnreadCount = () => {
  const { _ } = useLingui();
  const unread = useUnread();
  return unread > 0 ? (
    <span className="nav-count number small unread">
      {unread > 99 ? "99+" : count(unread)}
      <span className="unseen"> {_("unread")}</span>
    </span>
  ) : null;
};

const Entry = ({ place, under = false }: { place: Place; under?: boolean }) => {
  const { _ } = useLingui();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const here = place.to === "/" ? path === "/" : path === place.to || path.startsWith(`${place.to}/`);
  return (
    <Link
      to={place.to}
      className={under ? "nav-item under" : "nav-item"}
      aria-current={here ? "page" : undefined}
      title={_(place.label)}
    >
      <Icon name={place.icon} />
      <span className="nav-word clip fill">{_(place.label)}</span>
      {place.to === "/my-day" && <DayCount />}
      {place.to === "/notifications" && <UnreadCount />}
    </Link>
  );
};

/** Whether a screen belongs to a stage: its overview, or one of its lists and records. */
const isIn = (path: string, stage: string | undefined, below: readonly Place[]): boolean =>
  [`/${(stage ?? "").toLowerCase()}`, ...below.map((place) => place.to)].some(
    (to) => path === to || path.startsWith(`${to}/`),
  );

const Stages = ({ entries }: { entries: readonly Place[] }) => {
  const { _ } = useLingui();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return [...Map.groupBy(entries, (place) => place.stage)].map(([stage, below]) => (
    <div key={stage} role="group" aria-label={_(stage ?? "")}>
      <Link
        to={`/${(stage ?? "").toLowerCase()}`}
        className="nav-item nav-stage"
        data-tone={below[0]?.tone}
        title={_(stage ?? "")}
        aria-current={path === `/${(stage ?? "").toLowerCase()}` ? "page" : undefined}
      >
        <span className="dot" />
        <span className="nav-word clip">{_(stage ?? "")}</span>
      </Link>
      {isIn(path, stage, below) && below.map((place) => <Entry key={place.to} place={place} under />)}
    </div>
  ));
};

const fetchMenu = () => import("./PersonMenu.tsx");

const Person = ({ onKeys }: { onKeys: () => void }) => {
  const { _ } = useLingui();
  const { me } = useBoot();
  return (
    <Late
      onKeys={onKeys}
      near={fetchMenu}
      button={(act) => (
        <button
          type="button"
          className="nav-item"
          aria-label={_("You and this browser: {name}", { name: me?.name ?? "" })}
          aria-haspopup="menu"
          {...act}
        >
          <Icon name="user" />
          <bdi className="nav-word clip">{me?.name}</bdi>
        </button>
      )}
    />
  );
};

/** The navigation at the side. */
export const Nav = ({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) => {
  const { _ } = useLingui();
  useBoot();
  const shown = places();
  const of = (group: Place["group"]) => shown.filter((place) => place.group === group);
  return (
    <nav className="nav" aria-label={_("Main")}>
      <div className="nav-head">
        <bdi className="nav-word clip fill">{workspace().name}</bdi>
        <ActionIcon aria-label={_("Fold the navigation")} onClick={foldNav} visibleFrom="sm">
          <Icon name="sidebar" />
        </ActionIcon>
      </div>
      <button type="button" className="nav-search" onClick={onSearch} title={_("Search, go to or do")}>
        <Icon name="search" size={14} />
        <span className="nav-word fill clip">{_("Search or do")}</span>
        <kbd className="nav-word" aria-hidden>
          {keyCaps("mod+k")[0]}
        </kbd>
      </button>
      <div className="nav-scroll">
        {of("top").map((place) => (
          <Entry key={place.to} place={place} />
        ))}
        <Suspense fallback={null}>
          <NavFavourites />
        </Suspense>
        <h2 className="nav-group">{_("Customers")}</h2>
        {of("customers").map((place) => (
          <Entry key={place.to} place={place} />
        ))}
        {of("cycle").length > 0 && <h2 className="nav-group">{_("The cycle")}</h2>}
        <Stages entries={of("cycle")} />
        <div style={{ height: 14 }} />
        {of("bottom").map((place) => (
          <Entry key={place.to} place={place} />
        ))}
      </div>
      <div className="nav-foot">
        <Tray />
        <Person onKeys={onKeys} />
      </div>
    </nav>
  );
};

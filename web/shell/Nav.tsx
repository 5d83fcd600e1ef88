import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useRouterState } from "@tanstack/react-router";
import { client, offers } from "../kit/client.ts";
import { loadBoot, useBoot, workspace } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import { keyCaps } from "../kit/keys.ts";
import type { SessionApi } from "#platform/auth";
import { foldNav } from "./nav-state.ts";
import { places, type Place } from "./places.ts";
import { Tray } from "./Tray.tsx";

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
      <span className="nav-word clip">{_(place.label)}</span>
    </Link>
  );
};

const Stages = ({ entries }: { entries: readonly Place[] }) => {
  const { _ } = useLingui();
  return [...Map.groupBy(entries, (place) => place.stage)].map(([stage, below]) => (
    <div key={stage} role="group" aria-label={_(stage ?? "")}>
      <div className="nav-stage" data-tone={below[0]?.tone}>
        <span className="dot" />
        {_(stage ?? "")}
      </div>
      {below.map((place) => (
        <Entry key={place.to} place={place} under />
      ))}
    </div>
  ));
};

const ThemeItems = () => {
  const { _ } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = [["light", _("Light"), "light"], ["dark", _("Dark"), "dark"], ["auto", _("As the system"), "auto"]] as const; // prettier-ignore
  return schemes.map(([scheme, label, icon]) => (
    <Menu.Item
      key={scheme}
      leftSection={<Icon name={icon} />}
      rightSection={colorScheme === scheme ? <Icon name="check" size={14} /> : null}
      onClick={() => setColorScheme(scheme)}
    >
      {label}
    </Menu.Item>
  ));
};

const signOut = async (): Promise<void> => {
  await client<SessionApi>("session").signOut({});
  await loadBoot();
  location.assign("/sign-in");
};

const Person = ({ onKeys }: { onKeys: () => void }) => {
  const { _ } = useLingui();
  const { me } = useBoot();
  return (
    <Menu position="top-start" width={204}>
      <Menu.Target>
        <button
          type="button"
          className="nav-item"
          aria-label={_("You and this browser: {name}", { name: me?.name ?? "" })}
        >
          <Icon name="user" />
          <bdi className="nav-word clip">{me?.name}</bdi>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="keys" />} onClick={onKeys}>
          {_("Keys")}
        </Menu.Item>
        {offers("session.signOut") && (
          <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => void signOut()}>
            {_("Sign out")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
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

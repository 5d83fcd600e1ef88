import type { ReactNode } from "react";
import { useLingui } from "@lingui/react";
import { Link, useRouterState } from "@tanstack/react-router";
import { useBoot } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import { Page } from "../kit/Page.tsx";
import { isClosed, sections, type Section } from "./sections.ts";
import "./settings.css";

/** The sections by their group, for the side and the index. */
export const useGroups = (): readonly (readonly [Section["group"], readonly Section[]])[] => {
  useBoot();
  return [...Map.groupBy(sections(), (section) => section.group)];
};

const Side = () => {
  const { _ } = useLingui();
  return (
    <nav className="settings-side" aria-label={_("Settings")}>
      {useGroups().map(([group, members]) => (
        <div key={group}>
          <h2 className="nav-group">{_(group)}</h2>
          {members.map((section) => (
            <Link key={section.to} to={section.to} className="nav-item" activeProps={{ "aria-current": "page" }}>
              <Icon name={section.icon} />
              <span className="clip">{_(section.label)}</span>
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
};

export interface SettingsProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Tables and rules take the whole width; forms stay narrow enough to read. */
  wide?: boolean;
  children: ReactNode;
}

/** A page of the settings: the sections at the side, what is decided here beside them. */
export const Settings = ({ title, lead, actions, wide = false, children }: SettingsProps) => {
  const { _ } = useLingui();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const closed = isClosed(path);
  const back = (
    <Link to="/settings" className="link settings-back">
      {_("All settings")}
    </Link>
  );
  return (
    <Page title={title} note={back} actions={closed ? undefined : actions}>
      <div className="settings">
        <Side />
        <div className="settings-main">
          <div className={wide ? "settings-body wide" : "settings-body"}>
            {closed ? (
              <p className="quiet">{_("Your role does not open this page. Ask an administrator.")}</p>
            ) : (
              <>
                {lead && <p className="quiet settings-lead">{lead}</p>}
                {children}
              </>
            )}
          </div>
        </div>
      </div>
    </Page>
  );
};

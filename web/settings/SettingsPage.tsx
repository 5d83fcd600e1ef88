import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { Icon } from "../kit/Icon.tsx";
import { Page } from "../kit/Page.tsx";
import { useGroups } from "./Settings.tsx";

/** All sections of the settings, each with what is decided there. */
export const SettingsPage = () => {
  const { _ } = useLingui();
  return (
    <Page title={_("Settings")} padded>
      <div className="settings-index">
        {useGroups().map(([group, members]) => (
          <section key={group}>
            <h2 className="h">{_(group)}</h2>
            <ul>
              {members.map((section) => (
                <li key={section.to}>
                  <Link to={section.to} className="settings-entry">
                    <Icon name={section.icon} size={18} />
                    <span className="fill">
                      <strong>{_(section.label)}</strong>
                      <span className="quiet small">{_(section.lead)}</span>
                    </span>
                    <Icon name="right" />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Page>
  );
};

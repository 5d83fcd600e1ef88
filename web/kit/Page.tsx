import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { beginScreen } from "./focus.ts";
import { Icon } from "./Icon.tsx";
import { useRecordHere } from "./here.ts";
import { openNav } from "../shell/nav-state.ts";
import { workspace } from "./boot.ts";

// What people put beside a record: on every record's page, by its address, so that no page can forget it.
const BesideBar = lazy(() => import("../records/beside/BesideBar.tsx"));
const BesideSide = lazy(() => import("../records/beside/BesideSide.tsx"));

export interface PageProps {
  title: string;
  /** Said quietly beside the title: a count, a stage. */
  note?: ReactNode;
  /** Buttons at the end of the top bar. */
  actions?: ReactNode;
  /** Padding around the content; tables go edge to edge without it. */
  padded?: boolean;
  children: ReactNode;
}

/** A screen: the top bar with its title and actions, and what is below. */
export const Page = ({ title, note, actions, padded = false, children }: PageProps) => {
  const { _ } = useLingui();
  useEffect(() => {
    document.title = `${title} · ${workspace().name}`;
  }, [title]);
  useEffect(beginScreen, []);
  const here = useRecordHere();
  const content = <div className={padded ? "content padded" : "content"}>{children}</div>;
  return (
    <main id="main" className="page" tabIndex={-1}>
      <header className="bar">
        <ActionIcon className="bar-menu" aria-label={_("Open navigation")} onClick={openNav}>
          <Icon name="menu" />
        </ActionIcon>
        <h1 className="bar-title clip" tabIndex={-1}>
          <bdi>{title}</bdi>
        </h1>
        {note !== undefined && <div className="bar-note clip">{note}</div>}
        <div className="fill" />
        {here && (
          <Suspense fallback={null}>
            <BesideBar here={here} />
          </Suspense>
        )}
        {actions && <div className="bar-actions">{actions}</div>}
      </header>
      {here ? (
        <div className="page-row">
          {content}
          <Suspense fallback={null}>{here.part && <BesideSide key={here.record_id} here={here} />}</Suspense>
        </div>
      ) : (
        content
      )}
    </main>
  );
};

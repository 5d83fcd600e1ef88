import { useState } from "react";
import { Button, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { SavedView } from "#records";
import type { DescribedObject } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { parts } from "../view.ts";
import { NameDialog } from "./NameDialog.tsx";
import { useActs } from "./useActs.ts";
import type { Viewing } from "./useViewing.ts";
import { ViewAs } from "./ViewAs.tsx";
import { ViewMenu } from "./ViewMenu.tsx";
import "./views.css";

export interface ViewBarProps {
  object: DescribedObject;
  viewing: Viewing;
  /** The columns that are seen now. */
  cols: readonly string[];
}

const Tab = ({ name, current, onClick }: { name: string; current: boolean; onClick: () => void }) => (
  <button type="button" className="plain view-tab" aria-current={current ? "page" : undefined} onClick={onClick}>
    <bdi className="clip">{name}</bdi>
  </button>
);

const glyph = { table: "table", board: "board", calendar: "day" } as const;

/** The views of a list as tabs, all of them in a menu, and what of the shown one is not saved yet. */
const ViewBar = ({ object, viewing, cols }: ViewBarProps) => {
  const { _ } = useLingui();
  const acts = useActs(object.name, viewing, cols);
  const [menu, setMenu] = useState(false);
  const [naming, setNaming] = useState<{ view?: SavedView }>();
  const { saved, views } = viewing;
  const here = _("This list");
  const all = _("All {what}", { what: _(object.label_plural).toLocaleLowerCase() });
  const bare = !saved && parts.some((part) => viewing.view[part] !== undefined);
  const save = (): void => {
    if (saved?.changeable) void acts.save(saved);
    else setNaming({});
  };
  const reset = (): void => viewing.show(saved?.id ?? "all");
  useKeys([
    { keys: "shift+v", label: _("Choose a view"), group: here, run: () => setMenu(true) },
    ...(viewing.deviates || bare ? [
      { keys: "mod+s", label: _("Save the view"), group: here, run: save, always: true },
      { keys: "shift+r", label: _("Show the view as it was saved"), group: here, run: reset },
    ] : []),
  ]); // prettier-ignore
  const tabs = views.filter((view) => view.pinned !== null || view.id === saved?.id);
  return (
    <div className="view-bar">
      <nav className="view-tabs" aria-label={_("Views")}>
        <Tab name={all} current={!saved} onClick={() => viewing.show("all")} />
        {tabs.map((view) => (
          <Tab key={view.id} name={view.name} current={view.id === saved?.id} onClick={() => viewing.show(view.id)} />
        ))}
      </nav>
      {saved && <ViewMenu view={saved} viewing={viewing} acts={acts} onRename={() => setNaming({ view: saved })} />}
      <Menu opened={menu} onChange={setMenu} position="bottom-start" returnFocus>
        <Menu.Target>
          <button type="button" className="plain view-more quiet small" aria-label={_("All views")}>
            <Icon name="plus" size={12} /> {_("Views")}
          </button>
        </Menu.Target>
        <Menu.Dropdown mah={380} style={{ overflowY: "auto" }}>
          <Menu.Item onClick={() => viewing.show("all")}>{all}</Menu.Item>
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              leftSection={<Icon name={glyph[view.kind]} size={14} />}
              rightSection={view.visibility === "private" && view.shared_with > 0 ? <span className="quiet small">{_("shared with some")}</span> : view.visibility === "private" ? <span className="quiet small">{_("private")}</span> : undefined}
              onClick={() => viewing.show(view.id)}
            >
              <bdi>{view.name}</bdi>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="plus" size={14} />} onClick={() => setNaming({})}>{_("Save what is shown as a view…")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {(viewing.deviates || bare) && (
        <div className="view-unsaved line" role="status">
          <span className="dot" data-tone="amber" aria-hidden />
          <span className="small">{_("Not saved")}</span>
          {saved?.changeable && <Button size="compact-xs" variant="default" onClick={save}>{_("Save")}</Button>}
          <Button size="compact-xs" variant="default" onClick={() => setNaming({})}>{_("Save as…")}</Button>
          <button type="button" className="plain link small" onClick={reset}>{_("Reset")}</button>
        </div>
      )}
      {viewing.view.moved === undefined && <ViewAs object={object} viewing={viewing} />}
      {viewing.lost && <p className="view-problem small" role="alert"><span className="dot" data-tone="amber" aria-hidden /> {_("This view is gone, or nobody shares it with you: everything is shown.")}</p>}
      {saved && saved.problems.length > 0 && (
        <p className="view-problem small" role="alert">
          <span className="dot" data-tone="amber" aria-hidden /> {_("Shown without what is no longer there: {what}", { what: saved.problems.map((problem) => problem.message).join(" ") })}
        </p>
      )}
      {naming && (
        <NameDialog
          title={naming.view ? _("Rename {name}", { name: naming.view.name }) : _("Save as a view")}
          name={naming.view?.name ?? ""}
          sharing={!naming.view}
          onSay={(name, visibility) => (naming.view ? acts.rename(naming.view, name) : acts.saveAs(name, visibility))}
          onClose={() => setNaming(undefined)}
        />
      )}
    </div>
  );
}; // prettier-ignore
export default ViewBar;

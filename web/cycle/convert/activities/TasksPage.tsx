import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useSearch } from "@tanstack/react-router";
import type { Condition } from "#kernel/condition";
import { boot, may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordForm } from "../../../kit/form/RecordForm.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import type { Rec } from "../../../records/record.ts";
import { TaskLook } from "./TaskLook.tsx";
import { useFinishing } from "./finishing.ts";
import type { Task } from "./told.ts";
import "./activities.css";

const open: Condition = { field: "status", op: "is", value: "open" };

const withinOf = (whose: "mine" | "open" | "all"): Condition | undefined => {
  const me = boot().me?.id;
  if (whose === "all") return undefined;
  return whose === "mine" && me ? { all: [open, { field: "owner_id", op: "is", value: me }] } : open;
};

/** The table of tasks: mine, everybody's open ones, or all; E says that the one looked at is done. */
export const TasksPage = () => {
  const { _ } = useLingui();
  const object = objectOf("tasks");
  const { whose = "mine" } = useSearch({ strict: false }) as { whose?: "mine" | "open" | "all" };
  const [form, setForm] = useState<{ record?: Rec }>();
  const [total, setTotal] = useState("");
  const { finish } = useFinishing();
  const mayAdd = may("tasks.create");
  useKeys(mayAdd ? [{ keys: "c", label: _("New task"), group: _("This list"), run: () => setForm({}) }] : []);
  if (!object) return null;
  const within = withinOf(whose);
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>
      {_("New task")}
    </Button>
  );
  const views = [
    { key: "mine", label: _("Mine") },
    { key: "open", label: _("Everybody's") },
    { key: "all", label: _("All, done too") },
  ] as const;
  const tabs = (
    <nav className="tabs-line" aria-label={_("Which tasks")}>
      {views.map((view) => (
        <Link key={view.key} to="/tasks" search={{ whose: view.key }} {...(view.key === whose ? { "aria-current": "page" as const } : { "aria-current": undefined })}>
          {view.label}
        </Link>
      ))}
    </nav>
  ); // prettier-ignore
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        key={whose}
        object={object}
        onTotal={setTotal}
        mayTrash={may("tasks.delete")}
        {...(within ? { within } : {})}
        peek={(record) => <TaskLook task={record as unknown as Task} onEdit={may("tasks.update") ? () => setForm({ record }) : undefined} />}
        more={tabs}
        bulk={(ids, clear) =>
          may("tasks.update") && (
            <Button variant="default" onClick={() => void Promise.all(ids.map((id) => finish({ id, title: _("Task") }))).then(clear)}>
              {_("Done")}
            </Button>
          )
        }
        empty={{ words: whose === "mine" ? _("Nothing is yours to do. What plays, leads and colleagues ask of you stands here.") : _("No tasks yet."), action: add }}
      />
      {form && <RecordForm object={object} record={form.record} {...(form.record ? {} : { given: { owner_id: boot().me?.id } })} onClose={() => setForm(undefined)} />}
    </Page>
  ); // prettier-ignore
};

import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import type { Condition } from "#kernel/condition";
import { boot, may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import { CasePeek } from "./CasePeek.tsx";
import { useCasesLive } from "./told.ts";
import "./cases.css";

const unresolved: Condition = { field: "status", op: "in", value: ["open", "waiting"] };

/** The table of cases: when what is due, how urgent, with whom. */
export const CasesPage = () => {
  const { _ } = useLingui();
  const object = objectOf("cases");
  const navigate = useNavigate();
  const [total, setTotal] = useState("");
  useCasesLive();
  const mayAdd = may("cases.create");
  useKeys(mayAdd ? [{ keys: "c", label: _("New case"), group: _("This list"), run: () => void navigate({ to: "/cases/new" }) }] : []); // prettier-ignore
  if (!object) return null;
  const me = boot().me?.id;
  const add = mayAdd && (
    <Button component={Link} to="/cases/new" leftSection={<Icon name="plus" size={14} />}>
      {_("New case")}
    </Button>
  );
  const views = (
    <span className="line small wide-only">
      <Link className="link" to="/cases" search={{ filter: unresolved, sort: "due_at" }}>{_("Unresolved")}</Link>
      {me && <Link className="link" to="/cases" search={{ filter: { all: [unresolved, { field: "owner_id", op: "is", value: me }] }, sort: "due_at" }}>{_("Mine")}</Link>}
    </span>
  ); // prettier-ignore
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        peek={(record) => <CasePeek record={record} />}
        more={views}
        empty={{ words: _("What customers want settled stands here: questions, problems, complaints, requests."), action: add }}
      />
    </Page>
  ); // prettier-ignore
};

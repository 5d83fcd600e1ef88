import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useSearch } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Condition } from "#kernel/condition";
import { may } from "../../../kit/boot.ts";
import { count } from "../../../kit/format.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { askAgain, useLive } from "../../../kit/live.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import { LeadLook } from "./LeadLook.tsx";
import { NewLead } from "./NewLead.tsx";
import type { Which } from "./search.ts";
import { leads, useLeadObject, type Lead } from "./told.ts";
import "../activities/activities.css";
import "./leads.css";

const conditions: Readonly<Record<Which, Condition | undefined>> = {
  answer: {
    all: [
      { field: "status", op: "is", value: "open" },
      { field: "responded_at", op: "is_empty" },
    ],
  },
  open: {
    all: [
      { field: "status", op: "in", value: ["open", "working", "qualified"] },
      { field: "converted_at", op: "is_empty" },
    ],
  },
  all: undefined,
};

const useTally = () => {
  const cache = useQueryClient();
  useLive("fact", (fact) => {
    if (/^(?:lead|form)\./.test(fact.name)) askAgain(cache, ["leads"]);
  });
  return useQuery({ queryKey: ["leads", "tally"], queryFn: () => leads().tally({}) }).data;
};

const Views = ({ which }: { which: Which }) => {
  const { _ } = useLingui();
  const tally = useTally();
  const views = [
    { key: "answer", label: _("To answer"), n: tally?.unanswered, late: (tally?.late ?? 0) > 0 },
    { key: "open", label: _("Open"), n: tally?.open, late: false },
    { key: "all", label: _("All"), n: undefined, late: false },
  ] as const;
  return (
    <nav className="tabs-line" aria-label={_("Which leads")}>
      {views.map(({ key, label, n, late }) => (
        <Link key={key} to="/leads" search={key === "answer" ? { which: key, sort: "first_response_due" } : { which: key }} aria-current={key === which ? "page" : undefined}>
          {label}
          {n !== undefined && <span className={late ? "number small late" : "number small quiet"}>{count(n)}</span>}
        </Link>
      ))}
    </nav>
  ); // prettier-ignore
};

/** The table of leads: those to answer by when it is due, the open ones, all; a look at the side with everything that can be done. */
export const LeadsPage = () => {
  const { _ } = useLingui();
  const object = useLeadObject();
  const { which = "open" } = useSearch({ strict: false }) as { which?: Which };
  const [adding, setAdding] = useState(false);
  const [total, setTotal] = useState("");
  const mayAdd = may("leads.create");
  useKeys(mayAdd ? [{ keys: "c", label: _("New lead"), group: _("This list"), run: () => setAdding(true) }] : []);
  if (!object) return null;
  const within = conditions[which];
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>
      {_("New lead")}
    </Button>
  );
  const words =
    which === "answer"
      ? _("Everybody has been answered.")
      : _("Leads come from forms, or one by one. Each is somebody who asked and waits for an answer.");
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        key={which}
        object={object}
        onTotal={setTotal}
        mayTrash={may("leads.delete")}
        {...(within ? { within } : {})}
        peek={(record) => <LeadLook lead={record as unknown as Lead} />}
        more={
          <>
            <Views which={which} />
            {may("leads.delete") && (
              <Link className="to-trash quiet" to="/leads/trash" aria-label={_("The trash")} title={_("The trash")}>
                <Icon name="trash" />
              </Link>
            )}
          </>
        }
        empty={{ words, action: add }}
      />
      {adding && <NewLead onClose={() => setAdding(false)} />}
    </Page>
  );
};

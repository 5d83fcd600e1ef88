import { lazy, Suspense } from "react";
import { useLingui } from "@lingui/react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "@mantine/core";
import type { DescribedObject } from "../kit/boot.ts";
import type { Rec } from "../records/record.ts";
import { WriteBox, type Writing } from "../cycle/convert/activities/WriteBox.tsx";
import { Happenings } from "./Happenings.tsx";
import { customerSearch, type CustomerSearch } from "./search.ts";
import type { Plural } from "./told.ts";
import { textIn } from "./values.ts";

// Most look at what happened, not at who changed the record.
const Changes = lazy(async () => ({ default: (await import("../records/history/Changes.tsx")).Changes }));

interface MiddleProps {
  plural: Plural;
  object: DescribedObject;
  record: Rec;
  /** What is being written to or about them. */
  writing: Writing | null;
  onWrite: (what: Writing | null) => void;
}

/** The middle of a customer's page: everything that happened, or who changed what on the record. */
export const Middle = ({ plural, object, record, writing, onWrite }: MiddleProps) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const search = customerSearch(useSearch({ strict: false }) as Record<string, unknown>);
  const show = (next: CustomerSearch): void => void navigate({ to: ".", search: next, replace: true });
  return (
    <Tabs
      className="customer-middle"
      value={search.part ?? "timeline"}
      onChange={(part) => show(part === "history" ? { part } : {})}
      keepMounted={false}
    >
      {typeof record["deleted_at"] !== "string" && (
        <WriteBox
          {...(plural === "contacts" ? { contactId: record.id } : { accountId: record.id })}
          email={textIn(record, "email") || undefined}
          part={writing}
          onPart={onWrite}
        />
      )}
      <Tabs.List>
        <Tabs.Tab value="timeline">{_("Timeline")}</Tabs.Tab>
        <Tabs.Tab value="history">{_("History")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline">
        <Happenings
          plural={plural}
          record={record}
          kind={search.kind}
          onKind={(kind) => show(customerSearch({ kind }))}
        />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <Suspense fallback={null}>
          <Changes plural={plural} object={object} record={record} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
};

import { useLingui } from "@lingui/react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "@mantine/core";
import type { DescribedObject } from "../kit/boot.ts";
import type { Rec } from "../records/record.ts";
import { Changes } from "./Changes.tsx";
import { Happenings } from "./Happenings.tsx";
import { customerSearch, type CustomerSearch } from "./search.ts";
import type { Plural } from "./told.ts";

/** The middle of a customer's page: everything that happened, or who changed what on the record. */
export const Middle = ({ plural, object, record }: { plural: Plural; object: DescribedObject; record: Rec }) => {
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
      <Tabs.List>
        <Tabs.Tab value="timeline">{_("Timeline")}</Tabs.Tab>
        <Tabs.Tab value="history">{_("History")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline">
        <Happenings
          plural={plural}
          record={record}
          stage={search.stage}
          onStage={(stage) => show(stage ? { stage } : {})}
        />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <Changes plural={plural} object={object} record={record} />
      </Tabs.Panel>
    </Tabs>
  );
};

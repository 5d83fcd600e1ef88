import { lazy, Suspense, useState } from "react";
import { Button, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { boot, may, objectOf } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import type { PanelProps } from "./panels.tsx";

const RecordForm = lazy(async () => ({ default: (await import("../kit/form/RecordForm.tsx")).RecordForm }));

/** New, for this customer: a deal, a quote, an order, a case, a task; only what this person may make is offered. */
export const NewMenu = ({ contactId, accountId, onTask }: PanelProps & { onTask: (() => void) | undefined }) => {
  const { _ } = useLingui();
  const [deal, setDeal] = useState(false);
  const opportunity = objectOf("opportunities");
  const search = { ...(contactId ? { contact: contactId } : {}), ...(accountId ? { account: accountId } : {}) };
  const given = { ...(contactId ? { contact_id: contactId } : { account_id: accountId }), ...(boot().me ? { owner_id: boot().me?.id } : {}) }; // prettier-ignore
  const pages = [
    { of: "quotes", label: _("Quote"), to: "/quotes/new" as const },
    { of: "orders", label: _("Order"), to: "/orders/new" as const },
    { of: "cases", label: _("Case"), to: "/cases/new" as const },
  ].filter(({ of }) => may(`${of}.create`));
  const mayDeal = opportunity !== undefined && may("opportunities.create");
  if (!mayDeal && !onTask && pages.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button rightSection={<Icon name="down" size={14} />}>{_("New")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayDeal && <Menu.Item onClick={() => setDeal(true)}>{_("Opportunity")}</Menu.Item>}
          {pages.map(({ of, label, to }) => (
            <Menu.Item key={of} renderRoot={(props) => <Link {...props} to={to} search={search} />}>
              {label}
            </Menu.Item>
          ))}
          {onTask && <Menu.Item onClick={onTask}>{_("Task")}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {deal && opportunity && (
        <Suspense fallback={null}>
          <RecordForm object={opportunity} given={given} onClose={() => setDeal(false)} />
        </Suspense>
      )}
    </>
  );
};

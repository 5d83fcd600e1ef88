import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import { FiguresStrip } from "./FiguresStrip.tsx";
import { StartDialog } from "./StartDialog.tsx";
import { useOnboardingsLive } from "./told.ts";

/** The onboardings, who waits longest first, with how they do. */
export const OnboardingsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("onboardings");
  const [total, setTotal] = useState("");
  const [starting, setStarting] = useState(false);
  useOnboardingsLive();
  const mayAdd = may("onboardings.create");
  useKeys(mayAdd ? [{ keys: "c", label: _("Start an onboarding"), group: _("This list"), run: () => setStarting(true) }] : []); // prettier-ignore
  if (!object) return null;
  const start = mayAdd && <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setStarting(true)}>{_("Start")}</Button>; // prettier-ignore
  const views = (
    <span className="line small">
      <Link className="link" to="/onboardings" search={{ filter: { field: "status", op: "is", value: "stalled" } }}>{_("Stalled")}</Link>
      <Link className="link" to="/plans">{_("Plans")}</Link>
    </span>
  ); // prettier-ignore
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={start}>
      <div className="onboardings">
        <FiguresStrip />
        <RecordTable
          object={object}
          onTotal={setTotal}
          more={views}
          empty={{ words: _("New customers stand here with the steps they and you do until they have what they came for. They begin by themselves when an order meets a plan."), action: <Link className="link" to="/plans">{_("To the plans")}</Link> }}
        />
      </div>
      {starting && <StartDialog onClose={() => setStarting(false)} />}
    </Page>
  ); // prettier-ignore
};

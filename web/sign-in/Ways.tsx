import { useState } from "react";
import { useLingui } from "@lingui/react";
import { offers, request } from "../kit/client.ts";
import { sentenceOf } from "../kit/problem.ts";
import { boot } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import type { IconName } from "../kit/icons.ts";
import { Door } from "./Door.tsx";
import { Failed } from "./Failed.tsx";

const Way = ({
  icon,
  title,
  lead,
  busy,
  onClick,
}: {
  icon: IconName;
  title: string;
  lead: string;
  busy: boolean;
  onClick: () => void;
}) => (
  <button type="button" className="door-way" onClick={onClick} disabled={busy}>
    <Icon name={icon} size={22} />
    <span>
      <strong>{title}</strong>
      <span className="quiet">{lead}</span>
    </span>
  </button>
);

/** Three ways to begin, after the company was named. */
export const Ways = ({ company, onWay }: { company: string; onWay: (to: string) => void }) => {
  const { _ } = useLingui();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const loadSample = async (): Promise<void> => {
    setBusy(true);
    try {
      await request(boot().routes["demo.load"] ?? "POST /demo", {});
      onWay("/");
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
      setBusy(false);
    }
  };
  return (
    <Door title={_("{company} is ready", { company })} lead={_("How would you like to begin?")} wide>
      <Failed words={failed} />
      <div className="door-doors">
        <Way
          icon="import"
          title={_("Import my customers")}
          lead={_("A file of contacts or of the orders of your shop becomes customers on the cycle.")}
          busy={busy}
          onClick={() => onWay("/import")}
        />
        {offers("demo.load") && (
          <Way
            icon="sample"
            title={_("Look around a sample company")}
            lead={_("2,000 customers with two years of history. Wiped with one click.")}
            busy={busy}
            onClick={() => void loadSample()}
          />
        )}
        <Way
          icon="plus"
          title={_("Start with an empty company")}
          lead={_("Add your first customer by hand.")}
          busy={busy}
          onClick={() => onWay("/")}
        />
      </div>
    </Door>
  );
};

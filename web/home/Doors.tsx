import { useState } from "react";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { boot, may, objectOf } from "../kit/boot.ts";
import { offers, request } from "../kit/client.ts";
import { Icon } from "../kit/Icon.tsx";
import type { IconName } from "../kit/icons.ts";
import { RecordForm } from "../kit/form/RecordForm.tsx";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";

interface Door {
  icon: IconName;
  title: string;
  lead: string;
  open: () => void;
}

/** What an empty company sees instead of a ring of zeros: the ways to get customers onto it. */
export const Doors = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [form, setForm] = useState(false);
  const [busy, setBusy] = useState(false);
  const contact = objectOf("contact");
  const loadSample = async (): Promise<void> => {
    setBusy(true);
    try {
      await request(boot().routes["demo.load"] ?? "POST /demo", {});
      tell(_("The sample company is being loaded; Activity shows how far it is"));
      await cache.invalidateQueries();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const doors: Door[] = [
    ...(offers("imports.create") && may("imports.create") ? [{
      icon: "import" as const,
      title: _("Import my customers"),
      lead: _("A file of contacts or of the orders of your shop becomes customers on the cycle."),
      open: () => void navigate({ to: "/import" }),
    }] : []),
    ...(may("contacts.create") ? [{
      icon: "invite" as const,
      title: _("Add a contact"),
      lead: _("Begin with one person you know."),
      open: () => setForm(true),
    }] : []),
    ...(offers("demo.load") ? [{
      icon: "sample" as const,
      title: _("Look around a sample company"),
      lead: _("2,000 customers with two years of history; gone again with one click."),
      open: () => void loadSample(),
    }] : []),
  ]; // prettier-ignore
  return (
    <div className="doors">
      <h2 className="h">{_("Nobody is on the cycle yet")}</h2>
      <p className="quiet">
        {_("As soon as you know somebody, this is where you see where your customers stand and where they go.")}
      </p>
      <div className="doors-list">
        {doors.map((door) => (
          <button key={door.title} type="button" className="plain doors-one" disabled={busy} onClick={door.open}>
            <Icon name={door.icon} size={20} />
            <span>
              <strong>{door.title}</strong>
              <span className="quiet small">{door.lead}</span>
            </span>
          </button>
        ))}
      </div>
      {form && contact && (
        <RecordForm
          object={contact}
          onClose={() => setForm(false)}
          onSaved={(record) => void navigate({ to: "/contacts/$id", params: { id: record.id } })}
        />
      )}
    </div>
  );
};

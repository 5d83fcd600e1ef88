import { lazy, Suspense, useState } from "react";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ConsentsApi } from "#customers";
import { may } from "../kit/boot.ts";
import { client, offers } from "../kit/client.ts";
import { useKeys } from "../kit/keys.ts";
import { useLive } from "../kit/live.ts";
import { shortDay } from "./days.ts";

const ConsentDialog = lazy(async () => ({ default: (await import("./ConsentDialog.tsx")).ConsentDialog }));

/** The endpoints of consent. */
export const consents = () => client<ConsentsApi>("consents");

const statusWords = { given: "given {day}", pending: "not yet confirmed", withdrawn: "withdrawn {day}" } as const;

/** What a contact has agreed to, since when and in which words; a no is said too. */
export const ConsentPanel = ({ contactId }: { contactId: string }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [open, setOpen] = useState(false);
  useLive("fact", (fact) => {
    if (fact.contact_id === contactId && /^(newsletter|consent|form)\./.test(fact.name))
      void cache.invalidateQueries({ queryKey: ["consents", contactId] });
  });
  const asked = useQuery({
    queryKey: ["consents", contactId],
    queryFn: () => consents().of({ id: contactId }),
    enabled: offers("consents.of"),
  });
  const mayChange = may("contacts.update") && offers("consents.say");
  useKeys(mayChange ? [{ keys: "shift+k", label: _("Note consent…"), group: _("This customer"), run: () => setOpen(true) }] : []); // prettier-ignore
  if (!asked.data) return null;
  const { items } = asked.data;
  return (
    <section aria-label={_("Consent")}>
      <h3 className="part-title">{_("Consent")}</h3>
      {items.length === 0 && <p className="quiet small">{_("Never asked.")}</p>}
      <ul>
        {items.map((one) => (
          <li key={one.purpose + one.channel}>
            <details>
              <summary className="side-line">
                <span className={one.status === "given" ? "" : "quiet"}>{_(one.label)}</span>{" "}
                <span className="quiet small">{_(statusWords[one.status], { day: shortDay(String(one.since)) })}</span>
              </summary>
              <p className="quiet small">
                {one.wording && <><q><bdi>{one.wording}</bdi></q><br /></>}
                <bdi>{one.source}</bdi>{one.evidence && <> · <bdi>{one.evidence}</bdi></>}
              </p>
            </details>
          </li>
        ))}
      </ul>
      {mayChange && <button type="button" className="plain link small side-line" onClick={() => setOpen(true)}>{_("Note consent…")}</button>}
      {open && (
        <Suspense fallback={null}>
          <ConsentDialog contactId={contactId} given={items.filter((one) => one.status === "given").map((one) => one.purpose)} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}; // prettier-ignore

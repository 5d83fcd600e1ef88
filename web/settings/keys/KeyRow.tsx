import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { ClientOf } from "#kernel/endpoint";
import type { KeysApi } from "#platform/auth";
import { client } from "../../kit/client.ts";
import { date, instant } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { useRoles } from "../people/useRoles.ts";

type ApiKey = Awaited<ReturnType<ClientOf<KeysApi>["list"]>>["items"][number];

/** A key: what for, as whom, last used, until when, and its end. Ending cannot be taken back, so it is asked once more. */
export const KeyRow = ({ apiKey, onRevoked }: { apiKey: ApiKey; onRevoked: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const { nameOf } = useRoles();
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const revoke = async (): Promise<void> => {
    setBusy(true);
    try {
      await client<KeysApi>("keys").revoke({ id: apiKey.id });
      onRevoked();
      tell(_("The key of {name} has ended", { name: apiKey.name }));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
      await cache.invalidateQueries({ queryKey: ["api-keys"] });
    }
  };
  const expired = apiKey.state === "expired";
  const until = apiKey.expires_at ? _("until {day}", { day: date(apiKey.expires_at) }) : _("until it is ended");
  return (
    <li>
      <span className="who fill">
        <strong>
          <bdi>{apiKey.name}</bdi> <code className="quiet small">…{apiKey.hint}</code>
        </strong>
        <span className="quiet small">
          {_("{role}, made by {name} on {day}", {
            role: nameOf(apiKey.role_id ?? apiKey.role),
            name: apiKey.created_by ?? _("the command line"),
            day: date(apiKey.created_at),
          })}
        </span>
      </span>
      <span className="quiet small number">
        {apiKey.last_used_at ? _("used {when}", { when: instant(apiKey.last_used_at) }) : _("never used")}
      </span>
      <span className="chip" data-tone={expired ? "red" : "green"}>
        <span className="dot" />
        {expired ? _("Expired") : until}
      </span>
      {sure ? (
        <span className="line" role="group" aria-label={_("End the key of {name}?", { name: apiKey.name })}>
          <Button color="red" loading={busy} onClick={() => void revoke()}>
            {_("End for good")}
          </Button>
          <Button variant="default" onClick={() => setSure(false)}>
            {_("Keep")}
          </Button>
        </span>
      ) : (
        <Button variant="default" aria-label={_("End the key of {name}", { name: apiKey.name })} onClick={() => setSure(true)}>
          {_("End")}
        </Button>
      )}
    </li>
  ); // prettier-ignore
};

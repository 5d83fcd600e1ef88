import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionApi } from "#platform/auth";
import { client } from "../../kit/client.ts";
import { instant } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { Ask } from "../Ask.tsx";
import { browserWords } from "./browser.ts";

/** Where one is signed in, and how to end it. */
export const Sessions = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const api = client<SessionApi>("session");
  const [busy, setBusy] = useState(false);
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: () => api.sessions({}) });
  const attempt = async (act: () => Promise<unknown>, words: string): Promise<void> => {
    setBusy(true);
    try {
      await act();
      tell(words);
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
      await cache.invalidateQueries({ queryKey: ["sessions"] });
    }
  };
  const others = sessions.data?.items.some((session) => !session.current) ?? false;
  return (
    <section className="settings-part" aria-labelledby="sessions">
      <h2 className="h" id="sessions">
        {_("Where you are signed in")}
      </h2>
      <Ask asked={sessions}>
        {(found) => (
          <ul className="rows">
            {found.items.map((session) => (
              <li key={session.id}>
                <span className="who fill">
                  <strong>{_(browserWords(session.browser))}</strong>
                  <span className="quiet small number">
                    {_("used {when}, from {address}", { when: instant(session.used_at), address: session.ip ?? "—" })}
                  </span>
                </span>
                {session.current ? (
                  <span className="chip" data-tone="green">
                    <span className="dot" />
                    {_("This browser")}
                  </span>
                ) : (
                  <Button
                    variant="default"
                    disabled={busy}
                    aria-label={_("Sign out {browser}", { browser: _(browserWords(session.browser)) })}
                    onClick={() => void attempt(() => api.endSession({ id: session.id }), _("Signed out there"))}
                  >
                    {_("Sign out")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Ask>
      {others && (
        <Button mt={12} variant="default" loading={busy} onClick={() => void attempt(() => api.endOtherSessions({}), _("Signed out everywhere else"))}>
          {_("Sign out everywhere else")}
        </Button>
      )}
    </section>
  ); // prettier-ignore
};

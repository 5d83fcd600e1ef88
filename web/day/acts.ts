import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import type { Due } from "#kernel/due";
import type { Route } from "#kernel/endpoint";
import { boot } from "../kit/boot.ts";
import { request } from "../kit/client.ts";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { done } from "../kit/undo.ts";

const hourMs = 3_600_000;
// Long enough for lunch or a meeting; who wants the morning puts it off again.
const laterHours = 4;

/** What a person does with what is due: its act, or later. */
export const useDueActs = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: ["my-day"] });
  const putOff = (id: string, hours: number) =>
    request("POST /my-day/put-off", { id, until: new Date(Date.now() + hours * hourMs).toISOString() }).then(again);
  const guarded = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  return {
    act: (due: Due) => {
      const route = due.act.call && (boot().routes[due.act.call.endpoint] as Route | undefined);
      const open = (): void => void navigate({ href: due.act.to });
      if (!route || !due.act.call) return open();
      const { input } = due.act.call;
      void guarded(async () => {
        await request(route, input);
        await again();
        tell(_("Done: {what}", { what: due.title }));
      });
    },
    later: (due: Due) =>
      void guarded(async () => {
        await putOff(due.id, laterHours);
        done(_("Put off for {n} hours: {what}", { n: laterHours, what: due.title }), () => putOff(due.id, -1));
      }),
    notThis: (due: Due) =>
      void guarded(async () => {
        await request("POST /my-day/not-this", { id: due.id });
        await again();
        done(_("Not recommended to you any more: {what}", { what: due.title }), () => request("POST /my-day/recommend-again", { id: due.id }).then(again)); // prettier-ignore
      }),
  };
};

import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { NotificationKind, NotificationSettings, Way } from "#records";
import { boot, workspace } from "../kit/boot.ts";
import { instant } from "../kit/format.ts";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { done } from "../kit/undo.ts";
import { Ask } from "../settings/Ask.tsx";
import { Settings } from "../settings/Settings.tsx";
import { notifications } from "./told.ts";
import "./notifications.css";

type Mine = Omit<NotificationSettings, "mails"> & {
  mails: { subject: string; created_at: string; sent_at: string | null; failure: string | null }[];
};
interface Chosen {
  ways?: { kind: NotificationKind; way: Way }[];
  hour?: number;
}

const useChoose = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const keep = async (chosen: Chosen): Promise<void> => {
    cache.setQueryData(["notifications", "settings"], await notifications().choose(chosen));
  };
  return useMutation({
    mutationFn: async ({ now, before }: { now: Chosen; before: Chosen }) => {
      await keep(now);
      done(_("Kept"), () => keep(before));
    },
    onError: (thrown) => tell(sentenceOf(thrown), { tone: "bad" }),
  });
};

const Ways = ({ mine }: { mine: Mine }) => {
  const { _ } = useLingui();
  const choose = useChoose();
  const words: Record<Way, string> = { off: _("Not at all"), browser: _("In the browser"), digest: _("Also in the day's mail"), mail: _("Also by mail at once") }; // prettier-ignore
  const data = Object.entries(words).map(([value, label]) => ({ value, label }));
  return (
    <table className="way-table">
      <tbody>
        {mine.ways.map(({ kind, label, way }) => (
          <tr key={kind}>
            <th scope="row" id={`way-${kind}`}>{_(label)}</th>
            <td>
              <NativeSelect aria-labelledby={`way-${kind}`} data={data} value={way} onChange={(event) => choose.mutate({ now: { ways: [{ kind, way: event.currentTarget.value as Way }] }, before: { ways: [{ kind, way }] } })} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  ); // prettier-ignore
};

const Mails = ({ mails }: { mails: Mine["mails"] }) => {
  const { _ } = useLingui();
  if (mails.length === 0) return <p className="quiet">{_("No mail was written to you yet.")}</p>;
  return (
    <ul>
      {mails.map((mail) => (
        <li key={mail.created_at} className="notification-mail">
          <bdi>{mail.subject}</bdi>{" "}
          <span className="quiet small">{mail.sent_at ? _("left {when}", { when: instant(mail.sent_at) }) : (mail.failure ?? _("waits to leave"))}</span>
        </li>
      ))}
    </ul>
  ); // prettier-ignore
};

/** What one hears of and how, the hour of the day's mail, and the mails that left. */
export const NotificationSettingsPage = () => {
  const { _ } = useLingui();
  const choose = useChoose();
  const asked = useQuery({
    queryKey: ["notifications", "settings"],
    queryFn: async () => (await notifications().settings({})) as unknown as Mine,
  });
  const hours = Array.from({ length: 24 }, (_one, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, "0")}:00` })); // prettier-ignore
  return (
    <Settings title={_("Notifications")} lead={_("For you alone. What you have read in the browser does not come by mail any more.")}>
      <Ask asked={asked}>
        {(mine) => (
          <div className="stack">
            <Ways mine={mine} />
            <NativeSelect label={_("The day's mail leaves at")} description={_("In your company's time zone, {zone}, to {address}.", { zone: workspace().time_zone, address: boot().me?.email ?? "" })} maw={280} data={hours} value={String(mine.hour)} onChange={(event) => choose.mutate({ now: { hour: Number(event.currentTarget.value) }, before: { hour: mine.hour } })} />
            <section aria-labelledby="mails">
              <h2 className="h" id="mails">{_("Your last mails")}</h2>
              <Mails mails={mine.mails} />
            </section>
          </div>
        )}
      </Ask>
    </Settings>
  ); // prettier-ignore
};

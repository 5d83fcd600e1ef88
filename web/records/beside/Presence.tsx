import { useEffect, useEffectEvent, useState } from "react";
import { useLingui } from "@lingui/react";
import type { Present, PresenceApi } from "#records";
import { boot, objectOf } from "../../kit/boot.ts";
import { client, offers } from "../../kit/client.ts";
import { useIsEditing } from "../../kit/editing.ts";
import type { Here } from "../../kit/here.ts";
import { useLive } from "../../kit/live.ts";
import { useMark } from "../../kit/marks.ts";

const everyMs = 10_000;
// One id for this page of the browser, whichever record it shows.
const page_id = crypto.randomUUID();
const presence = () => client<PresenceApi>("presence");

/** Who else is at the record: asked with every word that we are still here, and told at once when somebody comes or goes. */
const useOthers = ({ object, record_id }: Here): readonly Present[] => {
  const [others, setOthers] = useState<readonly Present[]>([]);
  const editing = useIsEditing(record_id);
  const say = useEffectEvent(async (): Promise<void> => {
    if (document.hidden) return;
    // A word that is lost is said again in ten seconds.
    const told = await presence()
      .here({ object, record_id, page_id, editing })
      .catch(() => undefined);
    if (told) setOthers(told.others);
  });
  useLive("presence", (told) => {
    if (told.record_id === record_id) setOthers(told.people.filter((one) => one.id !== boot().me?.id));
  });
  useEffect(() => {
    if (!offers("presence.here")) return undefined;
    const first = setTimeout(() => void say());
    const pulse = setInterval(() => void say(), everyMs);
    const back = (): void => void say();
    document.addEventListener("visibilitychange", back);
    return () => {
      clearTimeout(first);
      clearInterval(pulse);
      document.removeEventListener("visibilitychange", back);
    };
  }, [record_id, editing]);
  useEffect(() => {
    const leave = (): void => void fetch(`/api/v1/presence?page_id=${page_id}`, { method: "DELETE", keepalive: true, headers: { "X-Rondo": "1" } }).catch(() => undefined); // prettier-ignore
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [record_id]);
  return others;
};

const initials = (name: string): string =>
  name.split(/\s+/).slice(0, 2).map((part) => /^./u.exec(part)?.[0] ?? "").join("").toLocaleUpperCase(); // prettier-ignore

/** Who else looks at the record or edits it, and what they changed just now. */
export const Presence = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  const others = useOthers(here);
  const changed = useMark(here.record_id);
  const fields = objectOf(here.object)?.fields ?? [];
  const names = changed?.fields.flatMap((name) => fields.find((field) => field.name === name)?.label ?? []) ?? [];
  return (
    <>
      <span className="changed-by small" role="status">
        {changed && (names.length > 0 ? _("{who} changed {fields}", { who: changed.by, fields: names.slice(0, 3).map((name) => _(name)).join(", ") }) : _("{who} changed this record", { who: changed.by }))}
      </span>
      {others.length > 0 && (
        <ul className="present" aria-label={_("Also here")}>
          {others.slice(0, 4).map((one) => {
            const said = one.editing ? _("{who} is editing", { who: one.name }) : _("{who} is looking", { who: one.name });
            return (
              <li key={one.id} data-editing={one.editing || undefined} aria-label={said} title={said}><span aria-hidden>{initials(one.name)}</span></li>
            );
          })}
          {others.length > 4 && <li aria-label={_("and {n} more", { n: others.length - 4 })}>+{others.length - 4}</li>}
        </ul>
      )}
    </>
  ); // prettier-ignore
};

import { useEffect, useRef, useState } from "react";
import { Button, SegmentedControl } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { count, instant } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { useKeys } from "../kit/keys.ts";
import { tell } from "../kit/notes.ts";
import { Page } from "../kit/Page.tsx";
import { sentenceOf } from "../kit/problem.ts";
import { done } from "../kit/undo.ts";
import { Ask } from "../settings/Ask.tsx";
import { useMarking, useNotifications, type Told } from "./told.ts";
import { iconOf, saidOf } from "./words.ts";
import "./notifications.css";

const Line = ({
  told,
  chosen,
  onOpen,
  onTurn,
}: {
  told: Told;
  chosen: boolean;
  onOpen: () => void;
  onTurn: () => void;
}) => {
  const { _ } = useLingui();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const unread = !told.read_at;
  const turn = unread ? _("Mark as read") : _("Mark as unread");
  return (
    <li ref={line} className="notification" data-unread={unread || undefined} data-chosen={chosen || undefined}>
      <span className="notification-icon"><Icon name={iconOf[told.kind]} /></span>
      <Link to={told.path} className="notification-words" aria-current={chosen || undefined} onClick={onOpen}>
        <span className="clip">{unread && <span className="unseen">{_("Unread:")} </span>}{_(saidOf[told.kind], { by: told.by_name })} <bdi className="strong">{told.title}</bdi></span>
        {told.text && <bdi className="quiet small clip">{told.text}</bdi>}
      </Link>
      <time className="quiet small number wide-only" dateTime={told.at}>{instant(told.at)}</time>
      <button type="button" className="notification-dot" aria-label={turn} title={turn} onClick={onTurn}><i /></button>
    </li>
  ); // prettier-ignore
};

const List = ({ items, onMark }: { items: readonly Told[]; onMark: (read: boolean, ids: readonly string[]) => void }) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const [at, setAt] = useState(0);
  const place = Math.min(at, Math.max(0, items.length - 1));
  const chosen = items[place];
  const group = _("Notifications");
  const open = (told: Told): void => {
    if (!told.read_at) onMark(true, [told.id]);
  };
  useKeys(chosen ? [
    { keys: "j", label: _("The next one"), group, run: () => setAt(Math.min(place + 1, items.length - 1)), quiet: true },
    { keys: "k", label: _("The former one"), group, run: () => setAt(Math.max(place - 1, 0)), quiet: true },
    { keys: "o", label: _("Open it"), group, run: () => (open(chosen), void navigate({ href: chosen.path })) },
    { keys: "e", label: _("Mark as read or unread"), group, run: () => onMark(!chosen.read_at, [chosen.id]) },
  ] : []); // prettier-ignore
  return (
    <ul className="notifications">
      {items.map((told, i) => (
        <Line key={told.id} told={told} chosen={i === place} onOpen={() => open(told)} onTurn={() => onMark(!told.read_at, [told.id])} />
      ))}
    </ul>
  );
}; // prettier-ignore

/** What the person should know, newest first; it comes by itself. */
export const NotificationsPage = () => {
  const { _ } = useLingui();
  const [which, setWhich] = useState("all");
  const asked = useNotifications(which === "unread");
  const mark = useMarking();
  const unread = asked.data?.pages[0]?.unread ?? 0;
  const marking = (read: boolean, ids: readonly string[]) => void mark(read, ids).catch((thrown: unknown) => tell(sentenceOf(thrown), { tone: "bad" })); // prettier-ignore
  const markAll = async (): Promise<void> => {
    try {
      const ids = await mark(true);
      done(_("{n} marked as read", { n: count(ids.length) }), () => mark(false, ids));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  useKeys([{ keys: "shift+e", label: _("Mark all as read"), group: _("Notifications"), run: () => void markAll() }]);
  const acts = (
    <>
      <SegmentedControl size="xs" value={which} onChange={setWhich} data={[{ value: "all", label: _("All") }, { value: "unread", label: _("Unread") }]} aria-label={_("Which")} />
      <Button variant="default" disabled={unread === 0} onClick={() => void markAll()}>{_("Mark all as read")}</Button>
    </>
  ); // prettier-ignore
  return (
    <Page title={_("Notifications")} note={<span className="quiet">{unread > 0 && <>{_("{n} unread", { n: unread > 99 ? "99+" : count(unread) })} · </>}<Link to="/settings/notifications" className="link">{_("What comes how")}</Link></span>} actions={acts}>
      <Ask asked={asked}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <>
              {items.length === 0 && <p className="empty">{which === "unread" ? _("You have read everything.") : _("Nothing yet. When somebody mentions you, gives you a record or moves one you follow, it stands here.")}</p>}
              <List items={items} onMark={marking} />
              {asked.hasNextPage && <p className="notification-more"><button type="button" className="plain link" onClick={() => void asked.fetchNextPage()}>{_("Show earlier ones")}</button></p>}
            </>
          );
        }}
      </Ask>
    </Page>
  ); // prettier-ignore
};

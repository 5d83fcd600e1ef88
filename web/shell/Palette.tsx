import { useEffect, useState } from "react";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { offers, request } from "../kit/client.ts";
import { objectOf } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import { keyCaps, useBindings } from "../kit/keys.ts";
import { makings, type Making } from "../kit/making.ts";
import type { IconName } from "../kit/icons.ts";
import { useFavourites, useRecent, type Favourite } from "../favourites/told.ts";
import { pathOf, places } from "./places.ts";
import { Marked } from "./Marked.tsx";
import { signOut } from "./sign-out.ts";
import "@mantine/spotlight/styles.css";
import "./palette.css";

export interface Found {
  object: string;
  id: string;
  title: string;
  subtitle: string | null;
  match: "exact" | "begins" | "like";
}
interface Answer {
  items: Found[];
  words: string[];
}
interface Row {
  key: string;
  icon: IconName;
  label: string;
  hint: string;
  caps: readonly string[];
  run: () => void;
  /** The words it was found by. */
  words?: readonly string[];
}

// Letters typed within this time are one question, in milliseconds; together with the answer it stays below 100.
const pause = 40;
const recordIcons: Record<string, IconName> = {
  contact: "contact",
  segment: "segment",
  account: "account",
  product: "product",
  order: "order",
};
const folded = (text: string): string => text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

const nothing: Answer = { items: [], words: [] };
const useFound = (query: string): Answer => {
  const [asked] = useDebouncedValue(query.trim(), pause);
  const { data } = useQuery({
    queryKey: ["search", asked],
    queryFn: ({ signal }) => request<Answer>("GET /search", { q: asked }, signal),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  });
  return asked.length > 1 ? (data ?? nothing) : nothing;
};

interface Offering {
  close: () => void;
  /** Only what can be made, as long as nothing is typed that finds something else. */
  creating: boolean;
  onMake: (making: Making) => void;
}

const useRows = (query: string, { close, creating, onMake }: Offering): { group: string; rows: Row[] }[] => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const bindings = useBindings();
  const found = useFound(query);
  const favourites = useFavourites();
  const recent = useRecent();
  const go = (to: string) => () => {
    close();
    void navigate({ to });
  };
  const matches = (text: string): boolean => folded(query).split(/\s+/).every((word) => folded(text).includes(word)); // prettier-ignore
  const toMake = makings().map((making): Row => ({
    key: `new ${making.object.plural}`,
    icon: "plus",
    label: _("New {what}", { what: _(making.object.label).toLocaleLowerCase() }),
    hint: "",
    caps: [],
    run: () => {
      close();
      if (making.how === "page") void navigate({ to: making.to });
      else setTimeout(() => onMake(making), 0);
    },
  }));
  const toPlaces = places().map((p): Row => ({
    key: p.to,
    icon: p.icon,
    label: _(p.label),
    hint: "",
    caps: p.letter === "" ? [] : keyCaps(`g ${p.letter}`),
    run: go(p.to),
  }));
  const acts = bindings
    .filter((b) => !b.quiet)
    .map((b): Row => ({
      key: b.keys,
      icon: "right",
      label: b.label,
      hint: b.group,
      caps: keyCaps(b.keys),
      run: () => (close(), setTimeout(b.run, 0)),
    }));
  // Leaving has no key of its own, so that no slip of a finger ends the session.
  const leave: Row = { key: "sign-out", icon: "signOut", label: _("Sign out"), hint: "", caps: [], run: () => void signOut() }; // prettier-ignore
  if (offers("session.signOut")) acts.push(leave);
  const records = found.items.map((f): Row => {
    const label = objectOf(f.object)?.label ?? f.object;
    return {
      key: f.id,
      icon: recordIcons[f.object] ?? "table",
      label: f.title,
      hint: [f.match === "like" ? _("{object}, spelled alike", { object: _(label) }) : _(label), f.subtitle]
        .filter(Boolean)
        .join(" · "),
      caps: [],
      run: go(pathOf(f.object, f.id)),
      words: found.words,
    };
  });
  const known = (group: string, items: readonly Favourite[]) => ({
    group,
    rows: items.filter((one) => matches(one.title)).slice(0, query ? 3 : 7).map((one): Row => ({ key: `${group}${one.record_id}`, icon: recordIcons[one.object] ?? "table", label: one.title, hint: _(objectOf(one.object)?.label ?? one.object), caps: [], run: go(one.path) })),
  }); // prettier-ignore
  const shownIds = new Set(found.items.map((f) => f.id));
  const others = (items: readonly Favourite[]) => items.filter((one) => !shownIds.has(one.record_id));
  const create = { group: _("Create"), rows: toMake.filter((row) => matches(row.label)) };
  if (creating) return [create].filter(({ rows }) => rows.length > 0);
  return [
    { group: _("Found"), rows: records },
    known(_("Favourites"), others(favourites)),
    known(
      _("Recently seen"),
      others(recent).filter((one) => !favourites.some((f) => f.record_id === one.record_id)),
    ),
    { group: _("Go to"), rows: toPlaces.filter((row) => matches(row.label)) },
    ...(query ? [create] : []),
    { group: _("Do"), rows: acts.filter((row) => matches(row.label)) },
  ].filter(({ rows }) => rows.length > 0);
};

const [store, spotlight] = createSpotlight();

/** Marks the first row as the one Enter takes, in the way Spotlight marks the one that the arrows reach. */
function chooseFirst(): void {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector("[data-selected]")?.removeAttribute("data-selected");
  list?.querySelector("[data-action]")?.setAttribute("data-selected", "true");
  store.updateState((state) => ({ ...state, selected: 0 }));
}

/** Search, go to and act in one box. */
const Palette = ({
  creating = false,
  onMake,
  onClose,
}: {
  creating?: boolean;
  onMake: (making: Making) => void;
  onClose: () => void;
}) => {
  const { _ } = useLingui();
  const [query, setQuery] = useState("");
  const groups = useRows(query, { close: spotlight.close, creating, onMake });
  useEffect(() => spotlight.open(), []);
  // What is found comes after the letters were typed: Enter takes the first row of what is shown, not of what was.
  const shown = groups.flatMap(({ rows }) => rows.map((row) => row.key)).join(" ");
  useEffect(() => {
    if (query) chooseFirst();
  }, [shown, query]);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      title={_("Search, go to or do")}
      classNames={{ header: "unseen" }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 0 }}
      radius={10}
      size={560}
      scrollable
      lockScroll={false}
      maxHeight={420}
      returnFocus
    >
      <Spotlight.Search
        placeholder={creating ? _("What is new?") : _("Search customers, go somewhere, do something")}
        aria-label={creating ? _("What is new?") : _("Search, go to or do")}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList aria-label={_("Results")}>
        {groups.length === 0 && <Spotlight.Empty>{_("Nothing found for “{query}”", { query })}</Spotlight.Empty>}
        {groups.map(({ group, rows }) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {rows.map((row) => (
              <Spotlight.Action key={row.key} onClick={row.run} closeSpotlightOnTrigger={false} className="palette-row">
                <Icon name={row.icon} />
                <bdi className="clip">
                  <Marked text={row.label} words={row.words} />
                </bdi>
                <bdi className="fill clip quiet small">
                  <Marked text={row.hint} words={row.words} />
                </bdi>
                {row.caps.map((cap, i) => (
                  <kbd key={i}>{cap}</kbd>
                ))}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
};
export default Palette;

import { useEffect, useState } from "react";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { request } from "../kit/client.ts";
import { objectOf } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import { keyCaps, useBindings } from "../kit/keys.ts";
import type { IconName } from "../kit/icons.ts";
import { pathOf, places } from "./places.ts";
import "@mantine/spotlight/styles.css";
import "./palette.css";

export interface Found {
  object: string;
  id: string;
  title: string;
  subtitle: string | null;
}
interface Row {
  key: string;
  icon: IconName;
  label: string;
  hint: string;
  caps: readonly string[];
  run: () => void;
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

const useFound = (query: string): readonly Found[] => {
  const [asked] = useDebouncedValue(query.trim(), pause);
  const { data } = useQuery({
    queryKey: ["search", asked],
    queryFn: ({ signal }) => request<{ items: Found[] }>("GET /search", { q: asked }, signal),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  });
  return asked.length > 1 ? (data?.items ?? []) : [];
};

const useRows = (query: string, close: () => void): { group: string; rows: Row[] }[] => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const bindings = useBindings();
  const found = useFound(query);
  const go = (to: string) => () => {
    close();
    void navigate({ to });
  };
  const matches = (text: string): boolean => folded(query).split(/\s+/).every((word) => folded(text).includes(word)); // prettier-ignore
  const toPlaces = places().map((p): Row => ({
    key: p.to,
    icon: p.icon,
    label: _(p.label),
    hint: "",
    caps: keyCaps(`g ${p.letter}`),
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
  const records = found.map((f): Row => {
    const label = objectOf(f.object)?.label ?? f.object;
    return {
      key: f.id,
      icon: recordIcons[f.object] ?? "table",
      label: f.title,
      hint: [_(label), f.subtitle].filter(Boolean).join(" · "),
      caps: [],
      run: go(pathOf(f.object, f.id)),
    };
  });
  return [
    { group: _("Found"), rows: records },
    { group: _("Go to"), rows: toPlaces.filter((row) => matches(row.label)) },
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
const Palette = ({ onClose }: { onClose: () => void }) => {
  const { _ } = useLingui();
  const [query, setQuery] = useState("");
  const groups = useRows(query, spotlight.close);
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
      maxHeight={420}
      returnFocus
    >
      <Spotlight.Search
        placeholder={_("Search customers, go somewhere, do something")}
        aria-label={_("Search, go to or do")}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList aria-label={_("Results")}>
        {groups.length === 0 && <Spotlight.Empty>{_("Nothing found for “{query}”", { query })}</Spotlight.Empty>}
        {groups.map(({ group, rows }) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {rows.map((row) => (
              <Spotlight.Action key={row.key} onClick={row.run} closeSpotlightOnTrigger={false} className="palette-row">
                <Icon name={row.icon} />
                <bdi className="clip">{row.label}</bdi>
                <bdi className="fill clip quiet small">{row.hint}</bdi>
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

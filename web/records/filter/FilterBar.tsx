import { lazy, Suspense, useEffect, useId, useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { CloseButton, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import type { DescribedObject } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useKeys } from "../../kit/keys.ts";
import { focusOn } from "../../kit/Late.tsx";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { both, conditionOf, groupsOf, isField, type Chip, type Group } from "./groups.ts";
import { leafWords, sentence } from "./words.ts";
import "./filter.css";

export interface FilterBarProps {
  object: DescribedObject;
  filter: Condition | undefined;
  onFilter: (filter: Condition | undefined) => void;
  q: string;
  onSearch: (q: string) => void;
  /** What must hold as well, for the counts. */
  within?: Condition | undefined;
  /** A chip before the filter's own, of something that is no condition. */
  first?: ReactNode;
}

// Fetched when the pointer or the focus comes near; its pickers weigh 20 KB.
const fetchEditor = () => import("./ChipPopUp.tsx");
const Builder = lazy(() => import("../condition/Builder.tsx"));

// Letters of the quick search typed within this time are one question, in milliseconds.
const pause = 180;
type Place = `${number}.${number}` | "new" | `or.${number}`;

const QuickSearch = ({ label, q, onSearch }: { label: string; q: string; onSearch: (q: string) => void }) => {
  const { _ } = useLingui();
  const [text, setText] = useState(q);
  const asked = useRef(q);
  useEffect(() => {
    if (q !== asked.current) setText(q);
    asked.current = q;
  }, [q]);
  useEffect(() => {
    if (text.trim() === asked.current) return;
    const clock = setTimeout(() => {
      asked.current = text.trim();
      onSearch(text.trim());
    }, pause);
    return () => clearTimeout(clock);
  }, [text, onSearch]);
  return (
    <TextInput
      className="filter-search"
      type="search"
      aria-label={_("Search in {what}", { what: label })}
      placeholder={_("Search in {what}", { what: label })}
      leftSection={<Icon name="search" size={14} />}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && text !== "") {
          event.stopPropagation();
          setText("");
        }
      }}
      rightSection={
        text ? <CloseButton size="sm" aria-label={_("Clear the search")} onClick={() => setText("")} /> : null
      }
    />
  );
};

/** The filter of a table as chips in plain words: all groups must hold, in a group any chip; made, changed and removed in place. */
export const FilterBar = ({ object, filter, onFilter, q, onSearch, within, first }: FilterBarProps) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState<Place>();
  const [PopUp, arrived] = useState<Awaited<ReturnType<typeof fetchEditor>>["default"]>();
  const id = useId();
  const edit = (place: Place): void => {
    if (PopUp) return setOpen(place);
    fetchEditor()
      .then((found) => {
        flushSync(() => arrived(() => found.default));
        focusOn(`[data-filter="${id}"] [data-place="${place}"]`);
        setOpen(place);
      })
      .catch((error: unknown) => tell(sentenceOf(error), { tone: "bad" }));
  };
  const [building, setBuilding] = useState(false);
  const groups = groupsOf(filter);
  const change = (next: readonly Group[]): void => onFilter(conditionOf(next));
  const withChip = (at: (groups: Group[]) => Group[], node: Condition): Group[] =>
    at(groups.map((group) => [...group])).map((group) => group.map((chip) => (chip === placeholder ? node : chip)));
  const remove = (g: number, c: number): void =>
    change(groups.map((group, i) => (i === g ? group.filter((_chip, k) => k !== c) : group)));
  useKeys([
    { keys: "/", label: _("Filter"), group: _("This list"), run: () => edit("new") },
    { keys: "shift+f", label: _("Filter with groups"), group: _("This list"), run: () => setBuilding(true) },
  ]);

  const editor = (
    place: Place,
    target: React.ReactElement,
    node: Condition | undefined,
    at: (groups: Group[]) => Group[],
  ) =>
    PopUp ? (
      <PopUp
        target={target}
        opened={open === place}
        onChange={(opened) => setOpen(opened ? place : undefined)}
        object={object}
        node={node}
        wholeWith={(draft) => both(within, conditionOf(withChip(at, draft))) ?? draft}
        onDone={(next) => {
          setOpen(undefined);
          change(withChip(at, next));
        }}
        onClose={() => setOpen(undefined)}
      />
    ) : (
      target
    );
  const chip = (one: Chip, g: number, c: number) => {
    const place: Place = `${g}.${c}`;
    const words = isField(one) ? leafWords(object, one) : undefined;
    const said = words ? [words.field, words.op, words.value].filter(Boolean).join(" ") : sentence(object, one);
    const face = words ? (
      <>
        {words.field} <span className="quiet">{words.op}</span> <bdi>{words.value}</bdi>
      </>
    ) : (
      said
    );
    const body = (
      <button
        type="button"
        className="plain clip"
        title={said}
        data-place={place}
        onClick={() => edit(place)}
        onKeyDown={(event) => (event.key === "Delete" || event.key === "Backspace") && remove(g, c)}
      >
        {face}
      </button>
    );
    return (
      <span key={place} className="filter-chip">
        {editor(place, body, one, (all) =>
          all.map((group, i) => (i === g ? group.map((other, k) => (k === c ? placeholder : other)) : group)),
        )}
        <button
          type="button"
          className="plain filter-x"
          aria-label={_("Remove the filter {what}", { what: said })}
          onClick={() => remove(g, c)}
        >
          <Icon name="x" size={12} />
        </button>
      </span>
    );
  };
  return (
    <div
      data-filter={id}
      className="filter"
      onPointerEnter={() => void fetchEditor()}
      onFocus={() => void fetchEditor()}
      role="search"
      aria-label={_("Filter of {what}", { what: _(object.label_plural) })}
    >
      <QuickSearch label={_(object.label_plural).toLocaleLowerCase()} q={q} onSearch={onSearch} />
      {first}
      {groups.map((group, g) => (
        <span key={g} className="filter-group">
          {group.map((one, c) => [
            c > 0 && (
              <span key={`or${c}`} className="quiet small">
                {_("or")}
              </span>
            ),
            chip(one, g, c),
          ])}
          {editor(
            `or.${g}`,
            <button
              type="button"
              className="plain filter-or quiet small"
              aria-label={_("Or another condition")}
              data-place={`or.${g}`}
              onClick={() => edit(`or.${g}`)}
            >
              {_("or…")}
            </button>,
            undefined,
            (all) => all.map((other, i) => (i === g ? [...other, placeholder] : other)),
          )}
        </span>
      ))}
      {editor(
        "new",
        <button type="button" className="plain filter-add" data-place="new" onClick={() => edit("new")}>
          <Icon name="filter" size={14} /> {_("Filter")} <kbd>/</kbd>
        </button>,
        undefined,
        (all) => [...all, [placeholder]],
      )}
      {groups.length > 0 && (
        <>
          <button type="button" className="plain link small" onClick={() => setBuilding(true)}>
            {_("Groups…")}
          </button>
          <button type="button" className="plain link small" onClick={() => onFilter(undefined)}>
            {_("Clear all")}
          </button>
        </>
      )}
      {building && (
        <Suspense fallback={null}>
          <Builder
            object={object}
            filter={filter}
            within={within}
            onDone={onFilter}
            onClose={() => setBuilding(false)}
          />
        </Suspense>
      )}
    </div>
  );
};

// Stands where the edited condition goes.
const placeholder: Condition = { field: "", op: "is_set" };

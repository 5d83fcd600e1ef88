import { useState } from "react";
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { objectOf } from "../boot.ts";
import { request } from "../client.ts";
import { isDrawn } from "../making.ts";
import { useNest } from "./nested.ts";
import { textOfValue } from "../text.ts";
import type { ListAnswer } from "../../records/record.ts";

export interface Pick {
  id: string;
  title: string;
}
export interface RelationPickerProps {
  /** The object that is pointed to, by name; "user" for a person of the company. */
  to: string;
  value: string | null;
  /** The title of the value, known from the record. */
  title?: string | undefined;
  onPick: (picked: Pick | null) => void;
  label?: string | undefined;
  name?: string | undefined;
  error?: string | undefined;
  description?: string | undefined;
  required?: boolean | undefined;
  autoFocus?: boolean | undefined;
}

// No id: chosen, it opens a form for a new record.
const makeNew = "new";

const useChoices = (to: string, typed: string): readonly Pick[] => {
  // The people who work here are no records: they have a list of their own, short enough to be searched here.
  const plural = to === "user" ? "people" : (objectOf(to)?.plural ?? `${to}s`);
  const title = objectOf(to)?.title ?? "name";
  const offered = objectOf(to)?.offered;
  // Few and without a search of their own: stages, reasons.
  const few = to === "user" || objectOf(to)?.search.length === 0;
  const [asked] = useDebouncedValue(typed.trim(), 120);
  const { data } = useQuery({
    queryKey: [plural, "pick", few ? "" : asked],
    queryFn: ({ signal }) =>
      request<ListAnswer>(
        `GET /${plural.replaceAll("_", "-")}`,
        few ? { limit: 200 } : { limit: 20, ...(asked ? { q: asked } : {}), ...(offered ? { filter: offered } : {}) },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  const found = (data?.items ?? []).map((record) => ({ id: record.id, title: textOfValue(record[title]) || "—" }));
  const fits = (pick: Pick): boolean => pick.title.toLocaleLowerCase().includes(asked.toLocaleLowerCase());
  return few ? found.filter(fits) : found;
};

/** Picks the record a relation points to, by typing a part of its name. */
export const RelationPicker = ({
  to,
  value,
  title,
  onPick,
  label,
  name,
  error,
  description,
  required,
  autoFocus,
}: RelationPickerProps) => {
  const { _ } = useLingui();
  const [typed, setTyped] = useState(title ?? "");
  const [known, setKnown] = useState<Pick | null>(value ? { id: value, title: title ?? _("The chosen one") } : null);
  // What the chosen one is called may come to be known later than the form.
  const [told, setTold] = useState(title);
  if (title !== told) {
    setTold(title);
    if (title && value && known?.title !== title) {
      setKnown({ id: value, title });
      setTyped(title);
    }
  }
  const choices = useChoices(to, typed === known?.title ? "" : typed);
  const all =
    known && known.id === value && !choices.some((choice) => choice.id === known.id) ? [known, ...choices] : choices;
  const nest = useNest();
  const fresh = nest && isDrawn(to) ? objectOf(to) : undefined;
  const wanted = typed.trim() === known?.title ? "" : typed.trim();
  return (
    <Select
      label={label}
      name={name}
      error={error}
      description={description}
      withAsterisk={required ?? false}
      data-autofocus={autoFocus || undefined}
      aria-label={label ? undefined : _("Choose")}
      placeholder={_("Type a name")}
      searchable
      clearable={!required}
      clearButtonProps={{ "aria-label": _("Clear") }}
      value={value}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data={[
        ...all.map((choice) => ({ value: choice.id, label: choice.title })),
        ...(fresh
          ? [
              {
                value: makeNew,
                label: wanted
                  ? _("New {what}: {name}", { what: _(fresh.label).toLocaleLowerCase(), name: wanted })
                  : _("New {what}", { what: _(fresh.label).toLocaleLowerCase() }),
              },
            ]
          : []),
      ]}
      nothingFoundMessage={_("Nothing found")}
      onChange={(id) => {
        if (id === makeNew) {
          setTyped(known?.title ?? "");
          return nest?.({
            of: to,
            title: wanted,
            onMade: (made) => (setKnown(made), setTyped(made.title), onPick(made)),
          });
        }
        const picked = all.find((choice) => choice.id === id) ?? null;
        setKnown(picked);
        onPick(picked);
      }}
    />
  );
};

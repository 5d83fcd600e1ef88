import { Button, Menu, SegmentedControl, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { objectOf, workspace } from "../kit/boot.ts";
import { dayOf } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { ManyInput } from "../kit/form/ManyInput.tsx";
import { useLenses } from "../records/MovedChip.tsx";
import { fieldsOf } from "../records/record.ts";
import { spans, usualSpan, type HomeSearch, type SpanKey } from "./period.ts";

export interface ControlsProps {
  search: HomeSearch;
  onChange: (change: { [K in keyof HomeSearch]?: HomeSearch[K] | undefined }) => void;
  /** Opens the strip in which countries are picked, or an own condition is put together. */
  onStrip: (strip: "countries" | "own") => void;
}

const spanWords: Record<SpanKey, string> = { "30d": "30 days", "90d": "90 days", "1y": "1 year", all: "All time", own: "Own dates" }; // prettier-ignore
const year = 365 * 86_400_000; // ms

const Chosen = ({ on }: { on: boolean }) => (on ? <Icon name="check" size={14} /> : <span className="no-check" />);

const LensSwitch = ({ search, onChange }: ControlsProps) => {
  const { _ } = useLingui();
  const lenses = useLenses().data?.items ?? [];
  const key = search.lens ?? workspace().lens;
  const current = lenses.find((lens) => lens.key === key) ?? lenses[0];
  if (lenses.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="down" size={14} />}>
          <span className="clip home-lens">{_("Lens: {name}", { name: _(current?.name ?? key) })}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{_("The same customers, drawn as")}</Menu.Label>
        {lenses.map((lens) => (
          <Menu.Item
            key={lens.key}
            role="menuitemradio"
            aria-checked={lens.key === current?.key}
            leftSection={<Chosen on={lens.key === current?.key} />}
            onClick={() => onChange({ lens: lens.key === workspace().lens ? undefined : lens.key })}
          >
            {_(lens.name)} <span className="quiet small">{lens.steps.length}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

/** The countries of a cohort that is a choice of countries only. */
export const countriesOf = (search: HomeSearch): string[] => {
  const { cohort } = search;
  const own = cohort && "field" in cohort && cohort.field === "country" && cohort.op === "in" ? cohort.value : [];
  return Array.isArray(own) ? own.map(String) : [];
};

const CohortSwitch = ({ search, onChange, onStrip }: ControlsProps) => {
  const { _ } = useLingui();
  const object = objectOf(search.who ?? "contact");
  const country = object && fieldsOf(object).find((field) => field.name === "country");
  const chosen = countriesOf(search);
  const words = search.cohort
    ? chosen.length > 0
      ? _("{n, plural, one {# country} other {# countries}}", { n: chosen.length })
      : _("Own condition")
    : search.fresh
      ? _("Newly known")
      : search.who === "account"
        ? _("All accounts")
        : _("All people");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="down" size={14} />}>
          {words}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{_("Whom the ring counts")}</Menu.Label>
        {(["contact", "account"] as const).map((who) => (
          <Menu.Item
            key={who}
            role="menuitemradio"
            aria-checked={(search.who ?? "contact") === who}
            leftSection={<Chosen on={(search.who ?? "contact") === who} />}
            onClick={() => onChange({ who: who === "account" ? who : undefined })}
          >
            {who === "contact" ? _("People") : _("Accounts")}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          role="menuitemradio"
          aria-checked={!search.fresh && !search.cohort}
          leftSection={<Chosen on={!search.fresh && !search.cohort} />}
          onClick={() => onChange({ fresh: undefined, cohort: undefined })}
        >
          {_("All of them")}
        </Menu.Item>
        <Menu.Item
          role="menuitemradio"
          aria-checked={search.fresh === true}
          leftSection={<Chosen on={search.fresh === true} />}
          onClick={() => onChange({ fresh: true })}
        >
          {_("Became known in this period")}
        </Menu.Item>
        {country && (
          <Menu.Item leftSection={<Chosen on={chosen.length > 0} />} onClick={() => onStrip("countries")}>
            {_("By country…")}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<Chosen on={search.cohort !== undefined && chosen.length === 0} />}
          onClick={() => onStrip("own")}
        >
          {_("Own condition…")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

/** Picks the countries that the ring counts. */
export const Countries = ({ search, onChange }: Pick<ControlsProps, "search" | "onChange">) => {
  const { _ } = useLingui();
  const object = objectOf(search.who ?? "contact");
  const country = object && fieldsOf(object).find((field) => field.name === "country");
  if (!country) return null;
  const choose = (value: string[]): void =>
    onChange({ cohort: value.length > 0 ? { field: "country", op: "in", value } : undefined });
  return (
    <div className="line home-countries">
      <span className="quiet">{_("Countries")}</span>
      <div className="fill">
        <ManyInput field={country} value={countriesOf(search)} onChange={choose} />
      </div>
    </div>
  );
};

/** Two own dates, both included; shown when "own dates" is chosen. */
export const OwnDates = ({ search, onChange }: Pick<ControlsProps, "search" | "onChange">) => {
  const { _ } = useLingui();
  const wrong = search.from !== undefined && search.until !== undefined && search.from > search.until;
  return (
    <div className="line home-dates">
      <TextInput type="date" aria-label={_("From")} value={search.from ?? ""} onChange={(event) => onChange({ from: event.currentTarget.value || undefined })} />
      <span className="quiet">{_("until")}</span>
      <TextInput
        type="date"
        aria-label={_("Until")}
        error={wrong ? _("This day is before the first one") : undefined}
        value={search.until ?? ""}
        onChange={(event) => onChange({ until: event.currentTarget.value || undefined })}
      />
    </div>
  ); // prettier-ignore
};

/** Which textbook, whom, and which stretch of time the ring draws; all of it is in the address. */
export const Controls = (props: ControlsProps) => (
  <>
    <LensSwitch {...props} />
    <WhomAndWhen {...props} />
  </>
);

/** Whom and which stretch of time a picture of the cycle is about. */
export const WhomAndWhen = (props: ControlsProps) => {
  const { _ } = useLingui();
  const { search, onChange } = props;
  const choose = (span: string): void => {
    const period = spans.find((one) => one === span);
    const now = new Date();
    const own = period === "own" ? { from: search.from ?? dayOf(new Date(now.getTime() - year)), until: search.until ?? dayOf(now) } : { from: undefined, until: undefined }; // prettier-ignore
    onChange({ period: period === usualSpan ? undefined : period, ...own });
  };
  return (
    <>
      <CohortSwitch {...props} />
      <SegmentedControl
        size="xs"
        className="home-spans"
        aria-label={_("Period")}
        value={search.period ?? usualSpan}
        onChange={choose}
        data={spans.map((span) => ({ value: span, label: _(spanWords[span]) }))}
      />
    </>
  );
};

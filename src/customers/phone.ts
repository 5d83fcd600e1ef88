import { getCountries, isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";
import type { Workspace } from "#platform/context";

let byName: Map<string, CountryCode> | undefined;
let byZone: Map<string, CountryCode> | undefined;

// "United Kingdom" as English shops write it; other spellings are simply not known.
function namesOfCountries(): Map<string, CountryCode> {
  const names = new Intl.DisplayNames("en", { type: "region" });
  byName ??= new Map(getCountries().map((code) => [names.of(code)!.toLowerCase(), code]));
  return byName;
}

// Node knows it, TypeScript's library does not yet.
const zonesOf = (code: string): string[] =>
  (new Intl.Locale("und", { region: code }) as Intl.Locale & { getTimeZones?(): string[] }).getTimeZones?.() ?? [];

// A zone that several regions share (Europe/Zurich) goes to the first by code, which is good enough for a default.
function zonesOfCountries(): Map<string, CountryCode> {
  if (byZone) return byZone;
  byZone = new Map();
  for (const code of getCountries()) for (const zone of zonesOf(code)) if (!byZone.has(zone)) byZone.set(zone, code);
  return byZone;
}

/** The country a text names: its ISO code or its English name; undefined when unknown. */
export function countryCode(text: string | null | undefined): CountryCode | undefined {
  if (!text) return undefined;
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : namesOfCountries().get(text.trim().toLowerCase());
}

/** Where a number without a country prefix is dialled from: the workspace's locale when it names a region, else its time zone. */
export function homeCountry(workspace: Pick<Workspace, "locale" | "time_zone">): CountryCode | undefined {
  const region = new Intl.Locale(workspace.locale).region;
  return countryCode(region) ?? zonesOfCountries().get(workspace.time_zone);
}

/** The number in E.164 ("+493055501420"); null when it cannot be one. The text as written is kept beside it. */
export function phoneE164(
  text: string | null | undefined,
  country: string | null | undefined,
  workspace: Pick<Workspace, "locale" | "time_zone">,
): string | null {
  if (!text) return null;
  const from = countryCode(country) ?? homeCountry(workspace);
  const parsed = parsePhoneNumberFromString(text, from ? { defaultCountry: from } : {});
  return parsed?.isPossible() ? parsed.number : null;
}

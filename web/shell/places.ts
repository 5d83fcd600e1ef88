import type { Tone } from "#records";
import type { IconName } from "../kit/icons.ts";
import { boot, objectOf } from "../kit/boot.ts";

/*
 * Words we use
 *   place   somewhere the navigation leads; has its go-to letter ("g", then the letter)
 */
export interface Place {
  to: string;
  label: string;
  letter: string;
  icon: IconName;
  /** A stage of the cycle shows its dot and holds its own places. */
  tone?: Tone;
  stage?: string;
  group: "top" | "customers" | "cycle" | "bottom";
  /** The object that must exist on this server, by plural; so that no dead entry is drawn. */
  object?: string;
}

const all: readonly Place[] = [
  { to: "/", label: "Home", letter: "h", icon: "home", group: "top" },
  {
    to: "/contacts",
    label: "Contacts",
    letter: "c",
    icon: "contact",
    group: "customers",
    object: "contacts",
  },
  {
    to: "/accounts",
    label: "Accounts",
    letter: "a",
    icon: "account",
    group: "customers",
    object: "accounts",
  },
  {
    to: "/segments",
    label: "Segments",
    letter: "e",
    icon: "segment",
    group: "cycle",
    stage: "Attract",
    tone: "violet",
    object: "segments",
  },
  {
    to: "/products",
    label: "Products",
    letter: "p",
    icon: "product",
    group: "cycle",
    stage: "Convert",
    tone: "blue",
    object: "products",
  },
  {
    to: "/orders",
    label: "Orders",
    letter: "o",
    icon: "order",
    group: "cycle",
    stage: "Deliver",
    tone: "teal",
    object: "orders",
  },
  { to: "/import", label: "Import", letter: "i", icon: "import", group: "bottom" },
  { to: "/settings", label: "Settings", letter: "s", icon: "settings", group: "bottom" },
];

/** The places this person can go to on this server. */
export const places = (): readonly Place[] =>
  all.filter((place) => !place.object || boot().objects === undefined || objectOf(place.object) !== undefined);

/** The path of a record, by its object's name or plural. */
export const pathOf = (object: string, id: string): string =>
  `/${objectOf(object)?.plural ?? object}/${encodeURIComponent(id)}`;

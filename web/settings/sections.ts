import { may } from "../kit/boot.ts";
import { offers } from "../kit/client.ts";
import type { IconName } from "../kit/icons.ts";

/*
 * Words we use
 *   section   one page of the settings, with a sentence about what is decided there
 */
export interface Section {
  to: string;
  label: string;
  lead: string;
  icon: IconName;
  group: "Company" | "You";
  /** Not shown to a role without it. */
  permission?: string;
  /** Not shown on a server without this endpoint. */
  endpoint?: string;
}

const all: readonly Section[] = [
  { to: "/settings/company", label: "Company", lead: "Name, currency, time zone, language and the lens you think in.", icon: "account", group: "Company", permission: "workspace.read" },
  { to: "/settings/people", label: "People", lead: "Who works here, what each may do, and who is invited.", icon: "contact", group: "Company", permission: "people.read" },
  { to: "/settings/lifecycle", label: "Lifecycle rules", lead: "When a customer moves from one stage to the next.", icon: "refresh", group: "Company", endpoint: "lifecycle.rules" },
  { to: "/settings/lenses", label: "Lenses", lead: "The steps your company draws its cycle in.", icon: "activity", group: "Company", endpoint: "lenses.list" },
  { to: "/settings/keys", label: "API keys", lead: "Let your own programs read and write here.", icon: "keys", group: "Company", permission: "keys.manage" },
  { to: "/settings/audit", label: "Audit", lead: "Who changed people, keys and settings, and when.", icon: "table", group: "Company", permission: "audit.read" },
  { to: "/settings/sample", label: "Sample company", lead: "2,000 invented customers to look around with, gone again with one click.", icon: "sample", group: "Company", permission: "demo.manage",
    endpoint: "demo.status" },
  { to: "/settings/you", label: "Password and sessions", lead: "Your password, and where you are signed in.", icon: "user", group: "You" },
  { to: "/settings/browser", label: "This browser", lead: "Light or dark, and the keyboard.", icon: "light", group: "You" },
]; // prettier-ignore

const isOpen = ({ permission, endpoint }: Section): boolean =>
  (permission === undefined || may(permission)) && (endpoint === undefined || offers(endpoint));

/** The sections this person can open on this server. */
export const sections = (): readonly Section[] => all.filter(isOpen);

/** Whether an address is that of a section which this person cannot open: who comes by a link gets words, not buttons that fail. */
export const isClosed = (path: string): boolean => all.some((section) => section.to === path && !isOpen(section));

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
  { to: "/settings/letterhead", label: "Letterhead and taxes", lead: "What stands on quotes and invoices: address, tax number, bank line, tax rates.", icon: "quote", group: "Company", endpoint: "letterhead.get" },
  { to: "/settings/orders", label: "Orders", lead: "How long goods may come back, and how long an invoice may stay open.", icon: "order", group: "Company", endpoint: "order_terms.get" },
  { to: "/settings/mail", label: "Mail and budget", lead: "Who mails come from, how many a customer gets at most, and which addresses get none.", icon: "mail", group: "Company", endpoint: "mail.settings" },
  { to: "/settings/people", label: "People", lead: "Who works here, what each may do, and who is invited.", icon: "contact", group: "Company", permission: "people.read" },
  { to: "/settings/roles", label: "Roles", lead: "Roles of your own: which records and fields each sees and changes.", icon: "keys", group: "Company", endpoint: "roles.list", permission: "people.read" },
  { to: "/settings/teams", label: "Teams", lead: "Who works together, and who reports to whom.", icon: "contact", group: "Company", endpoint: "teams.list", permission: "people.read" },
  { to: "/settings/territories", label: "Territories", lead: "Customers by country, city or any field, given to people and teams.", icon: "filter", group: "Company", endpoint: "territories.list", permission: "people.read" },
  { to: "/settings/fields", label: "Fields", lead: "Fields of your own on contacts, accounts, deals, orders and the rest.", icon: "columns", group: "Company", endpoint: "customFields.list" },
  { to: "/settings/lifecycle", label: "Lifecycle rules", lead: "When a customer moves from one stage to the next.", icon: "refresh", group: "Company", endpoint: "lifecycle.rules" },
  { to: "/settings/pipelines", label: "Pipelines", lead: "The stages of a deal, how likely each is to be won, and how long it should take.", icon: "board", group: "Company", permission: "pipelines.update" },
  { to: "/settings/leads", label: "Leads", lead: "What the steps of a lead are called, when an answer is due, who takes turns.", icon: "invite", group: "Company", permission: "leads.settings" },
  { to: "/settings/lead-score", label: "Lead score", lead: "What makes a lead hot: rules, their points, and what changing them would do.", icon: "activity", group: "Company", endpoint: "leadScore.get" },
  { to: "/settings/referrals", label: "Referrals", lead: "What a friend gets, what the advocate gets, and what must have happened before.", icon: "referral", group: "Company", endpoint: "referrals.program" },
  { to: "/settings/lenses", label: "Lenses", lead: "The steps your company draws its cycle in.", icon: "activity", group: "Company", endpoint: "lenses.list" },
  { to: "/settings/reasons", label: "Reasons", lead: "Why things go wrong or nowhere, in the words everything is counted by.", icon: "help", group: "Company", endpoint: "reasons.list" },
  { to: "/settings/tags", label: "Tags", lead: "The words on your records: rename, merge, colour, delete.", icon: "theme", group: "Company", endpoint: "tags.find", permission: "tagging.manage" },
  { to: "/settings/trash", label: "Trash", lead: "For how many days what was moved to the trash can be taken out again.", icon: "trash", group: "Company", endpoint: "trash.get" },
  { to: "/settings/hours", label: "Business hours", lead: "When you are open, and on which days not.", icon: "day", group: "Company", endpoint: "calendar.get" },
  { to: "/settings/targets", label: "Service targets", lead: "How fast cases are answered and resolved.", icon: "case", group: "Company", endpoint: "sla.get", permission: "cases.read" },
  { to: "/settings/keys", label: "API keys", lead: "Let your own programs read and write here.", icon: "keys", group: "Company", permission: "keys.manage" },
  { to: "/settings/audit", label: "Audit", lead: "Who changed people, keys and settings, and when.", icon: "table", group: "Company", permission: "audit.read" },
  { to: "/settings/whole", label: "Take everything along", lead: "The whole company as one file: to keep, to move, to bring back.", icon: "download", group: "Company", permission: "workspace.export", endpoint: "whole.export" },
  { to: "/settings/sample", label: "Sample company", lead: "2,000 invented customers to look around with, gone again with one click.", icon: "sample", group: "Company", permission: "demo.manage",
    endpoint: "demo.status" },
  { to: "/settings/you", label: "Password and sessions", lead: "Your password, and where you are signed in.", icon: "user", group: "You" },
  { to: "/settings/notifications", label: "Notifications", lead: "What you hear of, in the browser and by mail, and when.", icon: "bell", group: "You", endpoint: "notifications.settings" },
  { to: "/settings/browser", label: "This browser", lead: "Light or dark, and the keyboard.", icon: "light", group: "You" },
]; // prettier-ignore

const isOpen = ({ permission, endpoint }: Section): boolean =>
  (permission === undefined || may(permission)) && (endpoint === undefined || offers(endpoint));

/** The sections this person can open on this server. */
export const sections = (): readonly Section[] => all.filter(isOpen);

/** Whether an address is that of a section which this person cannot open: who comes by a link gets words, not buttons that fail. */
export const isClosed = (path: string): boolean => all.some((section) => section.to === path && !isOpen(section));

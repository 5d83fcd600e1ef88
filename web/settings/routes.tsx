import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../app/frame.tsx";

/** The settings: their index and the sections of this folder. */
export const settingsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings",
    component: lazyRouteComponent(() => import("./SettingsPage.tsx"), "SettingsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/company",
    component: lazyRouteComponent(() => import("./company/CompanyPage.tsx"), "CompanyPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/whole",
    component: lazyRouteComponent(() => import("./whole/WholePage.tsx"), "WholePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/trash",
    component: lazyRouteComponent(() => import("./trash/TrashSettingsPage.tsx"), "TrashSettingsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/letterhead",
    component: lazyRouteComponent(() => import("./letterhead/LetterheadPage.tsx"), "LetterheadPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/mail",
    component: lazyRouteComponent(() => import("./mail/MailPage.tsx"), "MailPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/people",
    component: lazyRouteComponent(() => import("./people/PeoplePage.tsx"), "PeoplePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/roles",
    component: lazyRouteComponent(() => import("./access/RolesPage.tsx"), "RolesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/teams",
    component: lazyRouteComponent(() => import("./access/TeamsPage.tsx"), "TeamsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/territories",
    component: lazyRouteComponent(() => import("./access/TerritoriesPage.tsx"), "TerritoriesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/fields",
    validateSearch: (search: Record<string, unknown>): { of?: string } =>
      typeof search["of"] === "string" ? { of: search["of"] } : {},
    component: lazyRouteComponent(() => import("./fields/FieldsPage.tsx"), "FieldsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/keys",
    component: lazyRouteComponent(() => import("./keys/KeysPage.tsx"), "KeysPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/audit",
    component: lazyRouteComponent(() => import("./audit/AuditPage.tsx"), "AuditPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/sample",
    component: lazyRouteComponent(() => import("./sample/SamplePage.tsx"), "SamplePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/you",
    component: lazyRouteComponent(() => import("./you/YouPage.tsx"), "YouPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/browser",
    component: lazyRouteComponent(() => import("./BrowserPage.tsx"), "BrowserPage"),
  }),
];

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";
import { tableSearch } from "../../records/view.ts";
import { newImprovementSearch } from "./improvements/told.ts";
import { newInsightSearch } from "./insights/told.ts";

/** Learn: what customers tell us, what we make of it, and whether it worked. */
export const learnRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/predictions",
    component: lazyRouteComponent(() => import("./prediction/PredictionsPage.tsx"), "PredictionsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/themes",
    component: lazyRouteComponent(() => import("./themes/ThemesPage.tsx"), "ThemesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/themes/trash",
    component: lazyRouteComponent(() => import("./themes/ThemeTrash.tsx"), "ThemeTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/themes/$id",
    component: lazyRouteComponent(() => import("./themes/ThemePage.tsx"), "ThemePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/insights",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./insights/InsightsPage.tsx"), "InsightsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/insights/new",
    validateSearch: newInsightSearch,
    component: lazyRouteComponent(() => import("./insights/NewInsightPage.tsx"), "NewInsightPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/insights/trash",
    component: lazyRouteComponent(() => import("./insights/InsightTrash.tsx"), "InsightTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/insights/$id",
    component: lazyRouteComponent(() => import("./insights/InsightPage.tsx"), "InsightPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/improvements",
    component: lazyRouteComponent(() => import("./improvements/ImprovementsPage.tsx"), "ImprovementsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/improvements/new",
    validateSearch: newImprovementSearch,
    component: lazyRouteComponent(() => import("./improvements/EditPage.tsx"), "NewImprovementPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/improvements/trash",
    component: lazyRouteComponent(() => import("./improvements/ImprovementTrash.tsx"), "ImprovementTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/improvements/$id",
    component: lazyRouteComponent(() => import("./improvements/ImprovementPage.tsx"), "ImprovementPage"),
  }),
];

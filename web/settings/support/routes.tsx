import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";

/** Settings of service: reasons, business hours, and what is promised to cases. */
export const supportSettingsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/reasons",
    component: lazyRouteComponent(() => import("./ReasonsPage.tsx"), "ReasonsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/hours",
    component: lazyRouteComponent(() => import("./BusinessHoursPage.tsx"), "BusinessHoursPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/targets",
    component: lazyRouteComponent(() => import("./ServiceTargetsPage.tsx"), "ServiceTargetsPage"),
  }),
];

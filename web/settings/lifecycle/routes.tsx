import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";

/** Settings of the lifecycle: its rules, and the lenses it is seen through. */
export const lifecycleRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/lifecycle",
    component: lazyRouteComponent(() => import("./RulesPage.tsx"), "RulesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/lenses",
    component: lazyRouteComponent(() => import("./LensesPage.tsx"), "LensesPage"),
  }),
];

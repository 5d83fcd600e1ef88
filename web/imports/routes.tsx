import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../app/frame.tsx";

/** Import: choosing a file, and one import from its columns to its result. */
export const importRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/import",
    component: lazyRouteComponent(() => import("./ImportPage.tsx"), "ImportPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/import/$id",
    component: lazyRouteComponent(() => import("./OneImportPage.tsx"), "OneImportPage"),
  }),
];

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../app/frame.tsx";
import { customersSearch } from "../records/view.ts";

/** The objects of one's own: their tables, their records, their trash. */
export const ownRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/custom/$object",
    validateSearch: customersSearch,
    component: lazyRouteComponent(() => import("./OwnPage.tsx"), "OwnPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/custom/$object/trash",
    component: lazyRouteComponent(() => import("./OwnTrash.tsx"), "OwnTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/custom/$object/$id",
    component: lazyRouteComponent(() => import("./OwnRecordPage.tsx"), "OwnRecordPage"),
  }),
];

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../app/frame.tsx";
import { tableSearch } from "../records/view.ts";

/** The kit, all on one page, with its own sample data: what visual tests and eyes look at. */
export const kitRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/dev/kit",
    component: lazyRouteComponent(() => import("./KitPage.tsx"), "KitPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/dev/kit/table",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./KitTable.tsx"), "KitTable"),
  }),
];

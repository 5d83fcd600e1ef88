import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";
import { tableSearch } from "../../records/view.ts";

/** Attract: the parts of all contacts that one speaks to. */
export const attractRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/segments",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./SegmentsPage.tsx"), "SegmentsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/segments/trash",
    component: lazyRouteComponent(() => import("./SegmentTrash.tsx"), "SegmentTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/segments/$id",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./SegmentPage.tsx"), "SegmentPage"),
  }),
];

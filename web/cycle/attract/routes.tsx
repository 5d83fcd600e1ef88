import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";
import { tableSearch } from "../../records/view.ts";

/** Attract: forms on which strangers come, and the parts of all contacts that one speaks to. */
export const attractRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/campaigns",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./campaigns/CampaignsPage.tsx"), "CampaignsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/campaigns/trash",
    component: lazyRouteComponent(() => import("./campaigns/CampaignTrash.tsx"), "CampaignTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/campaigns/$id",
    component: lazyRouteComponent(() => import("./campaigns/CampaignPage.tsx"), "CampaignPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/forms",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./forms/FormsPage.tsx"), "FormsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/forms/trash",
    component: lazyRouteComponent(() => import("./forms/FormTrash.tsx"), "FormTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/forms/new",
    component: lazyRouteComponent(() => import("./forms/FormEditPage.tsx"), "NewFormPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/forms/$id",
    component: lazyRouteComponent(() => import("./forms/FormPage.tsx"), "FormPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/forms/$id/edit",
    component: lazyRouteComponent(() => import("./forms/FormEditPage.tsx"), "FormEditPage"),
  }),
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

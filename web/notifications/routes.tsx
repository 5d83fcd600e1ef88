import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../app/frame.tsx";

/** What one should know, and how one hears of it. */
export const notificationRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/notifications",
    component: lazyRouteComponent(() => import("./NotificationsPage.tsx"), "NotificationsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/notifications",
    component: lazyRouteComponent(() => import("./SettingsPage.tsx"), "NotificationSettingsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/tags",
    component: lazyRouteComponent(() => import("../records/beside/tags/TagsPage.tsx"), "TagsPage"),
  }),
];

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../app/frame.tsx";

/** My day: what is due. */
export const dayRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/my-day",
    component: lazyRouteComponent(() => import("./DayPage.tsx"), "DayPage"),
  }),
];

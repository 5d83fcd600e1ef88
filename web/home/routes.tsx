import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../app/frame.tsx";
import { homeSearch } from "./period.ts";

/** Home: the ring of the cycle; and the flow behind it. */
export const homeRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/",
    validateSearch: homeSearch,
    component: lazyRouteComponent(() => import("./HomePage.tsx"), "HomePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/flow",
    validateSearch: homeSearch,
    component: lazyRouteComponent(() => import("./flow/FlowPage.tsx"), "FlowPage"),
  }),
];

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";
import { tableSearch } from "../../records/view.ts";

/** Convert: the products that are sold. */
export const convertRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/products",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./ProductsPage.tsx"), "ProductsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/products/trash",
    component: lazyRouteComponent(() => import("./ProductTrash.tsx"), "ProductTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/products/$id",
    component: lazyRouteComponent(() => import("./ProductPage.tsx"), "ProductPage"),
  }),
];

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";
import { tableSearch } from "../../records/view.ts";
import { newOrderSearch } from "./draft.ts";

/** Deliver: orders with their lines, money and returns. */
export const deliverRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/orders",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./OrdersPage.tsx"), "OrdersPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/orders/new",
    validateSearch: newOrderSearch,
    component: lazyRouteComponent(() => import("./NewOrderPage.tsx"), "NewOrderPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/orders/$id",
    component: lazyRouteComponent(() => import("./OrderPage.tsx"), "OrderPage"),
  }),
];

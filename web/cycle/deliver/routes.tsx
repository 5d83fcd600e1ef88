import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";
import { tableSearch } from "../../records/view.ts";
import { newOrderSearch } from "./draft.ts";

/** Deliver: orders with their lines, shipments, invoices, money and returns. */
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
    validateSearch: (search: Record<string, unknown>): { act?: string } =>
      typeof search.act === "string" ? { act: search.act } : {},
    component: lazyRouteComponent(() => import("./OrderPage.tsx"), "OrderPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/shipments",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./ShipmentsPage.tsx"), "ShipmentsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/shipments/$id",
    component: lazyRouteComponent(() => import("./ShipmentPage.tsx"), "ShipmentPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/invoices",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./InvoicesPage.tsx"), "InvoicesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/invoices/$id",
    component: lazyRouteComponent(() => import("./InvoicePage.tsx"), "InvoicePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/payments",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./PaymentsPage.tsx"), "PaymentsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/payments/$id",
    component: lazyRouteComponent(() => import("./PaymentPage.tsx"), "PaymentPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/orders",
    component: lazyRouteComponent(() => import("./TermsPage.tsx"), "TermsPage"),
  }),
];

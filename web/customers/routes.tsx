import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../app/frame.tsx";
import { customersSearch } from "../records/view.ts";
import { customerSearch } from "./search.ts";

const lists = () => import("./CustomersPage.tsx");
const trash = () => import("./Trash.tsx");
const duplicates = () => import("../records/duplicates/DuplicatesPage.tsx");
const customer = () => import("./CustomerPage.tsx");

/** People and companies: their tables, their trash, and the page of each. */
export const customerRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/contacts",
    validateSearch: customersSearch,
    component: lazyRouteComponent(lists, "ContactsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/accounts",
    validateSearch: customersSearch,
    component: lazyRouteComponent(lists, "AccountsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/contacts/trash",
    component: lazyRouteComponent(trash, "ContactsTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/accounts/trash",
    component: lazyRouteComponent(trash, "AccountsTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/contacts/duplicates",
    component: lazyRouteComponent(duplicates, "ContactDuplicates"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/accounts/duplicates",
    component: lazyRouteComponent(duplicates, "AccountDuplicates"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/contacts/$id",
    validateSearch: customerSearch,
    component: lazyRouteComponent(customer, "ContactPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/accounts/$id",
    validateSearch: customerSearch,
    component: lazyRouteComponent(customer, "AccountPage"),
  }),
];

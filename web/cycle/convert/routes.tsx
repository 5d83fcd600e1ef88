import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";
import { boardSearch } from "./pipeline/search.ts";
import { tasksSearch } from "./activities/search.ts";
import { newQuoteSearch } from "./quotes/search.ts";
import { leadsSearch } from "./leads/search.ts";
import { tableSearch } from "../../records/view.ts";

/** Convert: the products that are sold. */
export const convertRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/leads",
    validateSearch: leadsSearch,
    component: lazyRouteComponent(() => import("./leads/LeadsPage.tsx"), "LeadsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/leads/trash",
    component: lazyRouteComponent(() => import("./leads/LeadTrash.tsx"), "LeadTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/leads/$id",
    component: lazyRouteComponent(() => import("./leads/LeadPage.tsx"), "LeadPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/leads",
    component: lazyRouteComponent(() => import("./leads/LeadSettingsPage.tsx"), "LeadSettingsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/lead-score",
    component: lazyRouteComponent(() => import("./leads/LeadScorePage.tsx"), "LeadScorePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/tasks",
    validateSearch: tasksSearch,
    component: lazyRouteComponent(() => import("./activities/TasksPage.tsx"), "TasksPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/tasks/trash",
    component: lazyRouteComponent(() => import("./activities/TaskTrash.tsx"), "TaskTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/tasks/$id",
    component: lazyRouteComponent(() => import("./activities/TaskPage.tsx"), "TaskPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/quotes",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./quotes/QuotesPage.tsx"), "QuotesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/quotes/new",
    validateSearch: newQuoteSearch,
    component: lazyRouteComponent(() => import("./quotes/NewQuotePage.tsx"), "NewQuotePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/quotes/trash",
    component: lazyRouteComponent(() => import("./quotes/QuoteTrash.tsx"), "QuoteTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/quotes/$id",
    component: lazyRouteComponent(() => import("./quotes/QuotePage.tsx"), "QuotePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/quotes/$id/edit",
    component: lazyRouteComponent(() => import("./quotes/EditQuotePage.tsx"), "EditQuotePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/opportunities",
    validateSearch: boardSearch,
    component: lazyRouteComponent(() => import("./pipeline/BoardPage.tsx"), "BoardPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/opportunities/table",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./pipeline/TablePage.tsx"), "TablePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/opportunities/trash",
    component: lazyRouteComponent(() => import("./pipeline/OpportunityTrash.tsx"), "OpportunityTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/opportunities/$id",
    component: lazyRouteComponent(() => import("./pipeline/OpportunityPage.tsx"), "OpportunityPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/pipelines",
    component: lazyRouteComponent(() => import("./pipeline/PipelinesPage.tsx"), "PipelinesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/price_lists",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./PriceListsPage.tsx"), "PriceListsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/price_lists/trash",
    component: lazyRouteComponent(() => import("./PriceListTrash.tsx"), "PriceListTrash"),
  }),
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

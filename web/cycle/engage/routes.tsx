import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";
import { tableSearch } from "../../records/view.ts";
import { newCaseSearch } from "./cases/new-case.ts";

/** Engage: how customers begin, and what they want settled. */
export const engageRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/onboardings",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./onboarding/OnboardingsPage.tsx"), "OnboardingsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/onboardings/$id",
    component: lazyRouteComponent(() => import("./onboarding/OnboardingPage.tsx"), "OnboardingPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plans",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./onboarding/PlansPage.tsx"), "PlansPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plans/new",
    component: lazyRouteComponent(() => import("./onboarding/PlanPage.tsx"), "NewPlanPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plans/trash",
    component: lazyRouteComponent(() => import("./onboarding/PlanTrash.tsx"), "PlanTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plans/$id",
    component: lazyRouteComponent(() => import("./onboarding/PlanPage.tsx"), "PlanPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/cases",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./cases/CasesPage.tsx"), "CasesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/cases/new",
    validateSearch: newCaseSearch,
    component: lazyRouteComponent(() => import("./cases/NewCasePage.tsx"), "NewCasePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/cases/$id",
    component: lazyRouteComponent(() => import("./cases/CasePage.tsx"), "CasePage"),
  }),
];

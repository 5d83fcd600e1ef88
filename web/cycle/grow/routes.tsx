import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/frame.tsx";
import { tableSearch } from "../../records/view.ts";

/** Grow: what customers are worth, and what makes them stay and come back. */
export const growRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plays",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./retention/PlaysPage.tsx"), "PlaysPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plays/trash",
    component: lazyRouteComponent(() => import("./retention/PlayTrash.tsx"), "PlayTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plays/$id",
    component: lazyRouteComponent(() => import("./retention/PlayPage.tsx"), "PlayPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/worth",
    component: lazyRouteComponent(() => import("./worth/WorthPage.tsx"), "WorthPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/health",
    component: lazyRouteComponent(() => import("./health/HealthPage.tsx"), "HealthPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/loyalty",
    component: lazyRouteComponent(() => import("./loyalty/LoyaltyPage.tsx"), "LoyaltyPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/members/$id",
    component: lazyRouteComponent(() => import("./loyalty/MemberPage.tsx"), "MemberPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/promotions",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./offers/PromotionsPage.tsx"), "PromotionsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/promotions/trash",
    component: lazyRouteComponent(() => import("./offers/PromotionTrash.tsx"), "PromotionTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/promotions/$id",
    component: lazyRouteComponent(() => import("./offers/PromotionPage.tsx"), "PromotionPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/referrals",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./advocacy/ReferralsPage.tsx"), "ReferralsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/referrals/$id",
    component: lazyRouteComponent(() => import("./advocacy/ReferralPage.tsx"), "ReferralPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/settings/referrals",
    component: lazyRouteComponent(() => import("./advocacy/ProgramPage.tsx"), "ProgramPage"),
  }),
];

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../../app/frame.tsx";
import { tableSearch } from "../../../records/view.ts";

/** Surveys: what customers say of us. */
export const surveyRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/surveys",
    validateSearch: tableSearch,
    component: lazyRouteComponent(() => import("./SurveysPage.tsx"), "SurveysPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/surveys/trash",
    component: lazyRouteComponent(() => import("./SurveyTrash.tsx"), "SurveyTrash"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/surveys/$id",
    component: lazyRouteComponent(() => import("./SurveyPage.tsx"), "SurveyPage"),
  }),
];

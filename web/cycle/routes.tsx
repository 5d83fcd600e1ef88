import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../app/frame.tsx";
import type { Stage } from "../day/told.ts";

const stage = <P extends string>(path: P, name: Stage) =>
  createRoute({
    getParentRoute: () => shellRoute,
    path,
    component: lazyRouteComponent(async () => {
      const { StagePage } = await import("./StagePage.tsx");
      return { StagePage: () => <StagePage key={name} stage={name} /> };
    }, "StagePage"),
  });

/** The overview of each stage of the cycle. */
export const stageRoutes = [
  stage("/attract", "attract"),
  stage("/convert", "convert"),
  stage("/deliver", "deliver"),
  stage("/engage", "engage"),
  stage("/grow", "grow"),
  stage("/learn", "learn"),
];

import { createRouter } from "@tanstack/react-router";
import { routeTree } from "./routes.tsx";

/** The router; a screen's code is fetched when a link to it is pointed at. */
export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
});

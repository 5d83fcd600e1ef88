import { createRootRoute, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { boot } from "../kit/boot.ts";
import { Shell } from "../shell/Shell.tsx";
import { Broken, NotFound } from "../shell/Broken.tsx";

/** The root of all routes. */
export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Broken,
});

/** Screens inside the shell, for people who are signed in; others are led to the door and back to what they wanted. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  component: Shell,
  errorComponent: Broken,
  notFoundComponent: NotFound,
  beforeLoad: ({ location }) => {
    const { state } = boot();
    if (state === "first-run") throw redirect({ to: "/first-run" });
    if (state === "signed-out")
      throw redirect({
        to: "/sign-in",
        search: location.href === "/" ? {} : { to: location.href },
      });
  },
});

/** Screens without the shell: sign-in, first run and the like. */
export const doorRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "door",
  component: Outlet,
});

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { doorRoute } from "../app/frame.tsx";

const token = (search: Record<string, unknown>): { token?: string } =>
  typeof search["token"] === "string" ? { token: search["token"] } : {};

/** Where a person goes after signing in: only a path of this site, never another's ("//", "/\"). */
const wanted = (search: Record<string, unknown>): { to?: string } =>
  typeof search["to"] === "string" && /^\/(?![/\\])/.test(search["to"]) ? { to: search["to"] } : {};

const screen = (
  path: string,
  load: () => Promise<Record<string, unknown>>,
  name: string,
  validateSearch: (search: Record<string, unknown>) => object = () => ({}),
) =>
  createRoute({
    getParentRoute: () => doorRoute,
    path,
    validateSearch,
    component: lazyRouteComponent(load as () => Promise<Record<string, () => React.ReactNode>>, name),
  });

/** The screens before the shell. */
export const doorRoutes = [
  screen("/sign-in", () => import("./SignIn.tsx"), "SignIn", wanted),
  screen("/forgot", () => import("./Forgot.tsx"), "Forgot"),
  screen("/reset", () => import("./Reset.tsx"), "Reset", token),
  screen("/invitation", () => import("./Invitation.tsx"), "Invitation", token),
  screen("/first-run", () => import("./FirstRun.tsx"), "FirstRun"),
];

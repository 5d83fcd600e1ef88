export { createServer, type ServerOptions } from "./server.ts";
export { mount, routesOf, type MountOptions } from "./mount.ts";
export { openApi } from "./openapi.ts";
export { faultProblem, problemOf, type Problem } from "./problem.ts";

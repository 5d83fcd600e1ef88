import { filesApi } from "./api.ts";
import { fileRoutes } from "./route.ts";
import { sweepFiles, sweepFilesAt } from "./sweep.ts";

/** Files beside records of any object. */
export default {
  name: "files",
  apis: { files: filesApi },
  timers: [{ name: "files removed for good", run: sweepFiles, nextAt: sweepFilesAt }],
  routes: fileRoutes,
};

import { doorRoute, rootRoute, shellRoute } from "./frame.tsx";
import { customerRoutes } from "../customers/routes.tsx";
import { homeRoutes } from "../home/routes.tsx";
import { lifecycleRoutes } from "../settings/lifecycle/routes.tsx";
import { attractRoutes } from "../cycle/attract/routes.tsx";
import { convertRoutes } from "../cycle/convert/routes.tsx";
import { deliverRoutes } from "../cycle/deliver/routes.tsx";
import { doorRoutes } from "../sign-in/routes.tsx";
import { kitRoutes } from "../dev/routes.tsx";
import { importRoutes } from "../imports/routes.tsx";
import { settingsRoutes } from "../settings/routes.tsx";

// The list of all screens. A page module exports its routes (children of shellRoute) and adds one line here.
export const routeTree = rootRoute.addChildren([
  shellRoute.addChildren([
    ...homeRoutes,
    ...customerRoutes,
    ...lifecycleRoutes,
    ...attractRoutes,
    ...convertRoutes,
    ...deliverRoutes,
    ...importRoutes,
    ...settingsRoutes,
    ...kitRoutes,
  ]),
  doorRoute.addChildren([...doorRoutes]),
]);

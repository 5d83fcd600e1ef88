import { doorRoute, rootRoute, shellRoute } from "./frame.tsx";
import { customerRoutes } from "../customers/routes.tsx";
import { homeRoutes } from "../home/routes.tsx";
import { lifecycleRoutes } from "../settings/lifecycle/routes.tsx";
import { stageRoutes } from "../cycle/routes.tsx";
import { attractRoutes } from "../cycle/attract/routes.tsx";
import { convertRoutes } from "../cycle/convert/routes.tsx";
import { deliverRoutes } from "../cycle/deliver/routes.tsx";
import { engageRoutes } from "../cycle/engage/routes.tsx";
import { growRoutes } from "../cycle/grow/routes.tsx";
import { learnRoutes } from "../cycle/learn/routes.tsx";
import { surveyRoutes } from "../cycle/learn/surveys/routes.tsx";
import { dayRoutes } from "../day/routes.tsx";
import { doorRoutes } from "../sign-in/routes.tsx";
import { notificationRoutes } from "../notifications/routes.tsx";
import { kitRoutes } from "../dev/routes.tsx";
import { ownRoutes } from "../custom/routes.tsx";
import { importRoutes } from "../imports/routes.tsx";
import { supportSettingsRoutes } from "../settings/support/routes.tsx";
import { settingsRoutes } from "../settings/routes.tsx";

// The list of all screens. A page module exports its routes (children of shellRoute) and adds one line here.
export const routeTree = rootRoute.addChildren([
  shellRoute.addChildren([
    ...homeRoutes,
    ...dayRoutes,
    ...notificationRoutes,
    ...customerRoutes,
    ...lifecycleRoutes,
    ...stageRoutes,
    ...attractRoutes,
    ...convertRoutes,
    ...deliverRoutes,
    ...engageRoutes,
    ...growRoutes,
    ...surveyRoutes,
    ...learnRoutes,
    ...importRoutes,
    ...ownRoutes,
    ...supportSettingsRoutes,
    ...settingsRoutes,
    ...kitRoutes,
  ]),
  doorRoute.addChildren([...doorRoutes]),
]);

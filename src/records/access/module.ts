import { accessRolesApi, sharingApi, teamsApi, territoriesApi } from "./api.ts";

/** Roles made in the browser, teams, the reporting line, territories and what is shared by hand. */
export default {
  name: "access",
  apis: { roles: accessRolesApi, teams: teamsApi, territories: territoriesApi, sharing: sharingApi },
  permissions: { "access.manage": ["admin"] } as const,
};

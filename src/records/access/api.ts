import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import type { Ctx } from "#platform/context";
import { changeOwnRole, dropRole, makeRole, ownRole, ownRoles, roleSchema } from "./roles.ts";
import { seenByOf } from "./seen-by.ts";
import { share, sharedType, sharingOf, sharingSchema } from "./shares.ts";
import { dropTeam, reportingLines, reportTo, saveTeam, teams, teamSchema } from "./teams.ts";
import { dropTerritory, insideOf, saveTerritory, territories, territorySchema } from "./territories.ts";

const byId = z.object({ id: z.uuid() });
const version = z.number("Send If-Match with the version you saw.").int();
const seenVersion = z.int("Send the version you saw.");

export const accessRolesApi = {
  list: endpoint({
    route: "GET /roles",
    may: "people.read",
    summary: "The roles made here: what each may do with which records, and how many people have it",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await ownRoles(ctx) }),
  }),
  get: endpoint({
    route: "GET /roles/{id}",
    may: "people.read",
    summary: "One role made here",
    input: byId,
    run: (ctx: Ctx, { id }) => ownRole(ctx, id),
  }),
  create: endpoint({
    route: "POST /roles",
    may: "access.manage",
    summary: "Make a role. What it does not name, it does not reach; other permissions are those of its base",
    input: roleSchema,
    status: 201,
    run: async (ctx: Ctx, role) => ownRole(ctx, await makeRole(ctx, role)),
  }),
  update: endpoint({
    route: "PATCH /roles/{id}",
    may: "access.manage",
    summary: "Change a role; it holds at once for everybody who has it",
    input: roleSchema.extend({ id: z.uuid(), version }),
    run: async (ctx: Ctx, { id, version: seen, ...role }) => {
      await changeOwnRole(ctx, id, seen, role);
      return ownRole(ctx, id);
    },
  }),
  remove: endpoint({
    route: "DELETE /roles/{id}",
    may: "access.manage",
    summary: "Delete a role that nobody has",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => dropRole(ctx, id),
  }),
};
export type AccessRolesApi = typeof accessRolesApi;

export const teamsApi = {
  list: endpoint({
    route: "GET /teams",
    may: "people.read",
    summary: "The teams and who is in them",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await teams(ctx) }),
  }),
  create: endpoint({
    route: "POST /teams",
    may: "access.manage",
    summary: "Make a team",
    input: teamSchema,
    status: 201,
    run: async (ctx: Ctx, team) => ({ id: await saveTeam(ctx, team) }),
  }),
  save: endpoint({
    route: "PUT /teams/{id}",
    may: "access.manage",
    summary: "Say what a team is called and who is in it",
    input: teamSchema.extend({ id: z.uuid(), version: seenVersion }),
    run: async (ctx: Ctx, { id, version: seen, ...team }) => ({
      id: await saveTeam(ctx, team, id, seen),
      version: seen + 1,
    }),
  }),
  remove: endpoint({
    route: "DELETE /teams/{id}",
    may: "access.manage",
    summary: "Delete a team",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => dropTeam(ctx, id),
  }),
  lines: endpoint({
    route: "GET /reporting-lines",
    may: "people.read",
    summary: "Who reports to whom",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await reportingLines(ctx) }),
  }),
  reportTo: endpoint({
    route: "PUT /reporting-lines/{id}",
    may: "access.manage",
    summary:
      "Say to whom somebody reports, and to whom they did when you looked (`seen`); null: to nobody. A circle is refused",
    input: z.object({
      id: z.uuid(),
      manager_id: z.uuid().nullable(),
      seen: z.uuid("Send to whom they reported when you looked.").nullable(),
    }),
    status: 204,
    run: (ctx: Ctx, { id, manager_id, seen }) => reportTo(ctx, id, manager_id, seen),
  }),
};
export type TeamsApi = typeof teamsApi;

export const territoriesApi = {
  list: endpoint({
    route: "GET /territories",
    may: "people.read",
    summary: "Territories: customers by a condition on their fields, given to people and teams",
    input: z.object({}),
    run: async (ctx: Ctx) => ({ items: await territories(ctx) }),
  }),
  create: endpoint({
    route: "POST /territories",
    may: "access.manage",
    summary: "Make a territory",
    input: territorySchema,
    status: 201,
    run: async (ctx: Ctx, territory) => ({ id: await saveTerritory(ctx, territory) }),
  }),
  save: endpoint({
    route: "PUT /territories/{id}",
    may: "access.manage",
    summary: "Say anew what a territory is and whose",
    input: territorySchema.extend({ id: z.uuid(), version: seenVersion }),
    run: async (ctx: Ctx, { id, version: seen, ...territory }) => ({
      id: await saveTerritory(ctx, territory, id, seen),
      version: seen + 1,
    }),
  }),
  remove: endpoint({
    route: "DELETE /territories/{id}",
    may: "access.manage",
    summary: "Delete a territory",
    input: byId,
    status: 204,
    run: (ctx: Ctx, { id }) => dropTerritory(ctx, id),
  }),
  inside: endpoint({
    route: "POST /territories/inside",
    may: "access.manage",
    summary: "How many customers a condition takes in",
    input: territorySchema.pick({ object: true, condition: true }),
    run: (ctx: Ctx, of) => insideOf(ctx, of),
  }),
};
export type TerritoriesApi = typeof territoriesApi;

export const sharingApi = {
  get: endpoint({
    route: "GET /sharing/{object}/{id}",
    may: "signed-in",
    summary: "With whom a record is shared by hand, and whether it is private",
    input: z.object({ object: z.string().max(80), id: z.uuid() }),
    run: async (ctx: Ctx, { object, id }) => sharingOf(ctx, await sharedType(ctx, object), id),
  }),
  seenBy: endpoint({
    route: "GET /sharing/{object}/{id}/seen-by",
    may: "signed-in",
    summary: "Who of the company sees a record, why, and whether they may change it",
    input: z.object({ object: z.string().max(80), id: z.uuid() }),
    run: async (ctx: Ctx, { object, id }) => ({ items: await seenByOf(ctx, await sharedType(ctx, object), id) }),
  }),
  save: endpoint({
    route: "PUT /sharing/{object}/{id}",
    may: "signed-in",
    summary: "Say with whom a record is shared, all of them, and whether it is private",
    input: sharingSchema,
    run: async (ctx: Ctx, asked) => {
      await share(ctx, asked);
      return sharingOf(ctx, await sharedType(ctx, asked.object), asked.id);
    },
  }),
};
export type SharingApi = typeof sharingApi;

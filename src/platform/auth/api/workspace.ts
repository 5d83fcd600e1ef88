import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { auditLines } from "../audit.ts";
import { changeCompany, company } from "../company/company.ts";
import { workspacesOf } from "../company/mine.ts";
import type { Caller, Desk } from "../desk.ts";
import { pageInput } from "../page.ts";
import * as word from "../words.ts";

/** The company's settings, and what was changed by whom. */
export const workspaceApi = (desk: Desk) =>
  ({
    get: endpoint({
      route: "GET /workspace",
      may: "workspace.read",
      summary: "The company's settings",
      input: z.object({}),
      run: (caller: Caller) => company(desk, caller),
    }),
    update: endpoint({
      route: "PATCH /workspace",
      may: "workspace.update",
      summary: "Change the company's settings",
      input: z.strictObject({
        name: word.line(120).optional(),
        currency: word.currency.optional(),
        time_zone: word.timeZone.optional(),
        locale: word.locale.optional(),
        lens: word.lens.optional(),
        version: z.number("Send If-Match with the version you saw.").int(),
      }),
      run: (caller: Caller, { version, ...change }) => changeCompany(desk, caller, change, version),
    }),
    mine: endpoint({
      route: "GET /workspaces",
      may: "signed-in",
      summary: "The workspaces one belongs to; the header X-Workspace chooses among them",
      input: z.object({}),
      run: (caller: Caller) => workspacesOf(caller),
    }),
    audit: endpoint({
      route: "GET /audit",
      may: "audit.read",
      summary: "Who changed people, keys and settings, newest first",
      input: z.object(pageInput),
      run: (caller: Caller, page) => auditLines(caller, page),
    }),
  }) as const;

export type WorkspaceApi = ReturnType<typeof workspaceApi>;

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Api } from "#kernel/endpoint";
import type { Config } from "#platform/config";
import type { Ctx, Role } from "#platform/context";
import type { JobKind } from "#platform/jobs";
import type { Due, OpenThing, Whose } from "#kernel/due";
import type { PublicPage } from "#platform/pages";
import type { Consumer } from "#timeline";

/** What a module brings; the app reads it, nobody else does. */
export interface Module {
  readonly name: string;
  readonly apis?: Readonly<Record<string, Api>>;
  readonly permissions?: Readonly<Record<string, readonly Role[]>>;
  readonly consumers?: readonly Consumer[];
  readonly jobs?: readonly JobKind[];
  /** Work that becomes due by time alone: does what is due now, answers when the next is due. */
  readonly timers?: readonly Timer[];
  /** What customers meet without signing in, under /p/{workspace}. */
  readonly pages?: readonly PublicPage[];
  /** What a person should do now, at most 200 of the most urgent; `mine` leaves out what another person owns. */
  readonly due?: (ctx: Ctx, options: { mine: boolean }) => Promise<Due[]>;
  /** What is open with a customer, at most 20. */
  readonly open?: (ctx: Ctx, whose: Whose) => Promise<OpenThing[]>;
  /** Runs once per workspace at start, after the migrations: seeds and the like; must be repeatable. */
  readonly onStart?: (ctx: Ctx) => Promise<void>;
  /** Routes that no endpoint can express: uploads, streams. */
  readonly routes?: (app: FastifyInstance, options: RouteOptions) => void;
}

export interface Timer {
  readonly name: string;
  readonly run: (ctx: Ctx) => Promise<unknown>;
  readonly nextAt: (ctx: Ctx) => Promise<Date | null>;
}

export interface RouteOptions {
  identify: (request: FastifyRequest) => Promise<Ctx | null>;
  may: (ctx: Ctx, permission: string) => boolean;
  config: Config;
  dataDir: string;
}

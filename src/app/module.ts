import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Api } from "#kernel/endpoint";
import type { Config } from "#platform/config";
import type { Ctx, Role } from "#platform/context";
import type { JobKind } from "#platform/jobs";
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

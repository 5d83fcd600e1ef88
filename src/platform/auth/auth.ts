import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Config } from "#platform/config";
import type { FileStore } from "#platform/files";
import type { Mail } from "#platform/mail";
import type { Database } from "#platform/postgres";
import { accessChanges, onAccessChanged } from "./access-changed.ts";
import { keysApi } from "./api/keys.ts";
import { peopleApi } from "./api/people.ts";
import { sessionApi } from "./api/session.ts";
import { workspaceApi } from "./api/workspace.ts";
import type { AuthHooks, Caller, Desk, Log } from "./desk.ts";
import { identify, renewedCookies } from "./identify.ts";
import { createKnown } from "./known.ts";
import { resetLetter } from "./letters.ts";
import { apiThrottle, type Throttle } from "./limits/throttle.ts";
import { createFlows } from "./sign-in/flows.ts";
import { makeFirstOwner } from "./sign-in/first-run.ts";
import { afterReset } from "./sign-in/passwords.ts";
import { anybody } from "./sign-in/people.ts";

export interface AuthOptions extends AuthHooks {
  database: Database;
  config: Pick<Config, "publicUrl" | "adminEmail" | "adminPassword">;
  mail: Mail;
  files: FileStore;
  /** Signs the cookies; from `loadSecret`. */
  secret: string;
  clock?: () => Date;
  log: Log;
}

export interface Auth {
  readonly apis: {
    readonly session: ReturnType<typeof sessionApi>;
    readonly people: ReturnType<typeof peopleApi>;
    readonly keys: ReturnType<typeof keysApi>;
    readonly workspace: ReturnType<typeof workspaceApi>;
  };
  /** Who asks; null for nobody. Refuses a foreign workspace (forbidden) and too many wrong keys (too-many); never throws on garbage. */
  readonly identify: (request: FastifyRequest) => Promise<Caller | null>;
  /** Whether Rondo has not been set up yet. */
  isFirstRun(): Promise<boolean>;
  /** The owner named by the environment, when nobody exists yet; answers whether one was made. */
  makeFirstOwner(): Promise<boolean>;
  /** Adds the general limit and the prolonging of cookies to the server, before the endpoints are mounted. */
  attach(app: FastifyInstance, throttle?: Throttle): void;
  /** Waits for mails under way. */
  close(): Promise<void>;
}

/** People, sign-in, sessions, invitations, keys and the company's settings. */
export function createAuth(options: AuthOptions): Auth {
  const { database, config, mail, log } = options;
  const clock = options.clock ?? (() => new Date());
  const known = createKnown(clock, () => accessChanges(database.control));
  const deaf = onAccessChanged(() => known.forget());
  const underWay = new Set<Promise<void>>();
  const later = (work: () => Promise<void>): void => {
    const p = work().catch((error: unknown) => log.error({ err: error }, "work after an answer failed"));
    underWay.add(p);
    void p.then(() => underWay.delete(p));
  };
  const flows = createFlows({
    control: database.control,
    publicUrl: config.publicUrl,
    secret: options.secret,
    sendReset: async (to, token) =>
      void (await mail.sendMail(resetLetter(to, `${config.publicUrl}/reset?token=${token}`))),
    onReset: (userId) => afterReset({ database, known, clock }, userId),
  });
  const desk: Desk = {
    database,
    config,
    mail,
    outside: { mail, files: options.files, url: config.publicUrl, secret: options.secret },
    clock,
    log,
    secret: options.secret,
    flows,
    known,
    hooks: options,
    later,
  };
  return {
    apis: { session: sessionApi(desk), people: peopleApi(desk), keys: keysApi(desk), workspace: workspaceApi(desk) },
    identify: (request) => identify(desk, request),
    isFirstRun: async () => !(await anybody(database.control)),
    makeFirstOwner: () => makeFirstOwner(desk, config),
    attach(app, throttle) {
      app.addHook("onRequest", apiThrottle(throttle));
      app.addHook("onSend", async (request, reply) => {
        const cookie = renewedCookies.get(request);
        // Signing out in the same request has the last word.
        if (cookie !== undefined && reply.getHeader("set-cookie") === undefined) reply.header("set-cookie", cookie);
      });
    },
    close: async () => {
      deaf();
      await Promise.allSettled(underWay);
    },
  };
}

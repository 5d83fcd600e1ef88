import { z } from "zod";
import { endpoint } from "#kernel/endpoint";
import { Refused } from "#kernel/refusal";
import type { Caller, Desk } from "../desk.ts";
import { identify } from "../identify.ts";
import { limits, networkOf, rateLimit } from "../limits/rate.ts";
import { acceptInvitation, showInvitation } from "../people/accept.ts";
import { enter, signIn, signOut } from "../sign-in/enter.ts";
import { setUp } from "../sign-in/first-run.ts";
import { changePassword, forgot, reset } from "../sign-in/passwords.ts";
import { anybody } from "../sign-in/people.ts";
import { endOtherSessions, endSession, ownSessions } from "../sign-in/sessions.ts";
import type { Visitor } from "../visitor.ts";
import * as word from "../words.ts";

const nothing = z.object({});
const done = (): { done: true } => ({ done: true });

/** Signing in and out, and one's own sessions; the first eight are open to anybody. */
export const sessionApi = (desk: Desk) =>
  ({
    current: endpoint({
      route: "GET /session",
      may: "public",
      internal: true,
      summary: "Who is signed in; whether Rondo still has to be set up",
      input: nothing,
      run: async (visitor: Visitor) => {
        // Set to a workspace one has left: signed in nowhere, so that the browser can choose again.
        const caller = await identify(desk, visitor.request).catch((error: unknown) => {
          if (error instanceof Refused && error.code === "workspace.not-member") return null;
          throw error;
        });
        if (!caller) return { person: null, first_run: !(await anybody(desk.database.control)) };
        return {
          person: caller.person,
          first_run: false,
          role: caller.role,
          workspace: { id: caller.workspace.id, name: caller.workspace.name },
        };
      },
    }),
    signIn: endpoint({
      route: "POST /session",
      may: "public",
      internal: true,
      secret: true,
      summary: "Sign in",
      input: z.object({ email: word.email, password: word.typedPassword }),
      run: async (visitor: Visitor, given) => {
        await signIn(desk, visitor, given);
        return done();
      },
    }),
    signOut: endpoint({
      route: "DELETE /session",
      may: "public",
      internal: true,
      summary: "Sign out",
      input: nothing,
      run: async (visitor: Visitor) => {
        await signOut(desk, visitor);
        return done();
      },
    }),
    forgot: endpoint({
      route: "POST /session/forgot",
      may: "public",
      internal: true,
      status: 202,
      summary: "Ask for a link for a new password",
      input: z.object({ email: word.email }),
      run: async (visitor: Visitor, given) => {
        await forgot(desk, visitor, given.email);
        return { message: "If this address belongs to somebody here, a mail with a link is on its way." };
      },
    }),
    reset: endpoint({
      route: "POST /session/reset",
      may: "public",
      internal: true,
      secret: true,
      summary: "Set a new password with the token of the link",
      input: z.object({ token: word.linkToken, password: word.typedPassword }),
      run: async (visitor: Visitor, given) => {
        await reset(desk, visitor, given);
        return done();
      },
    }),
    firstRun: endpoint({
      route: "POST /session/first-run",
      may: "public",
      internal: true,
      secret: true,
      status: 201,
      summary: "Set Rondo up: the owner and the company",
      input: z.object({
        name: word.line(120),
        email: word.email,
        password: word.typedPassword,
        company: word.line(120),
        currency: word.currency,
        time_zone: word.timeZone,
        locale: word.locale.default("en"),
        lens: word.lens.default("seven_stages"),
      }),
      run: async (visitor: Visitor, given) => {
        await rateLimit(desk.database.control, `first-run:${networkOf(visitor.ip)}`, limits.firstRunByIp, desk.clock());
        const { name, company, ...rest } = given;
        const workspace = await setUp(desk, { person: name, name: company, ...rest });
        await enter(desk, visitor, given);
        return { workspace: { id: workspace.id, name: workspace.name } };
      },
    }),
    invitation: endpoint({
      route: "GET /session/invitation",
      may: "public",
      internal: true,
      summary: "Who invites whom, for the holder of the link",
      input: z.object({ token: word.linkToken }),
      run: (visitor: Visitor, given) => showInvitation(desk, visitor, given.token),
    }),
    acceptInvitation: endpoint({
      route: "POST /session/accept-invitation",
      may: "public",
      internal: true,
      secret: true,
      status: 201,
      summary: "Accept an invitation",
      input: z.object({ token: word.linkToken, name: word.line(120), password: word.typedPassword }),
      run: async (visitor: Visitor, given) => {
        await acceptInvitation(desk, visitor, given);
        return done();
      },
    }),
    changePassword: endpoint({
      route: "POST /session/password",
      may: "signed-in",
      internal: true,
      secret: true,
      summary: "Change one's own password; all other sessions end",
      input: z.object({ current: word.typedPassword, password: word.typedPassword }),
      run: async (caller: Caller, given) => {
        await changePassword(desk, caller, given);
        return done();
      },
    }),
    sessions: endpoint({
      route: "GET /sessions",
      may: "signed-in",
      internal: true,
      summary: "One's own open sessions",
      input: nothing,
      run: (caller: Caller) => ownSessions(caller),
    }),
    endSession: endpoint({
      route: "DELETE /sessions/{id}",
      may: "signed-in",
      internal: true,
      status: 204,
      summary: "End one of one's own sessions",
      input: z.object({ id: word.id }),
      run: (caller: Caller, given) => endSession(desk, caller, given.id),
    }),
    endOtherSessions: endpoint({
      route: "DELETE /sessions",
      may: "signed-in",
      internal: true,
      summary: "End all of one's own sessions but this one",
      input: nothing,
      run: (caller: Caller) => endOtherSessions(desk, caller),
    }),
  }) as const;

export type SessionApi = ReturnType<typeof sessionApi>;

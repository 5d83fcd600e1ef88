import { betterAuth } from "better-auth";
import type { FastifyReply, FastifyRequest } from "fastify";
import { newId } from "#kernel/id";
import type { Db } from "#platform/postgres";
import { hash, verify } from "./password.ts";

export const cookieName = "rondo_session";
/** Seconds a session lives without being used: 14 days; it is prolonged at most once a day. */
export const sessionLife = 14 * 24 * 3600;
export const sessionRenewedEvery = 24 * 3600;
/** Seconds a link for a new password works. */
export const resetLife = 3600;

interface FlowOptions {
  control: Db;
  publicUrl: string;
  secret: string;
  sendReset: (to: { name: string; email: string }, token: string) => Promise<void>;
  onReset: (userId: string) => Promise<void>;
}

/** better-auth's flows on our tables; its own HTTP routes are never mounted. */
export const createFlows = (options: FlowOptions) =>
  betterAuth({
    baseURL: options.publicUrl,
    secret: options.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: { db: options.control, type: "postgres", transaction: true },
    user: {
      modelName: "users",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
    },
    session: {
      modelName: "sessions",
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
      expiresIn: sessionLife,
      updateAge: sessionRenewedEvery,
    },
    account: {
      modelName: "sign_ins",
      fields: {
        userId: "user_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    verification: {
      modelName: "verifications",
      fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
      // Whoever reads the table cannot use the links.
      storeIdentifier: "hashed",
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 800,
      password: { hash, verify },
      resetPasswordTokenExpiresIn: resetLife,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => options.sendReset(user, token),
      onPasswordReset: ({ user }) => options.onReset(user.id),
    },
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => newId() },
      // The name stays the same behind TLS; Secure is said below.
      useSecureCookies: false,
      defaultCookieAttributes: {
        httpOnly: true,
        sameSite: "lax",
        path: "/",
        secure: options.publicUrl.startsWith("https:"),
      },
      cookies: { session_token: { name: cookieName } },
      ipAddress: { ipAddressHeaders: ["x-rondo-ip"] },
    },
  });

export type Flows = ReturnType<typeof createFlows>;

/** What better-auth may know of a request: our own word on the address, the browser's name, the cookie. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers({
    "x-rondo-ip": request.ip,
    "user-agent": String(request.headers["user-agent"] ?? "")
      .replaceAll(/[^\x20-\x7e]/g, "")
      .slice(0, 300),
  });
  const cookie = request.cookies[cookieName];
  if (cookie !== undefined && cookie.length <= 500)
    headers.set("cookie", `${cookieName}=${encodeURIComponent(cookie)}`);
  return headers;
}

/** Passes better-auth's cookies on. */
export function passCookies(reply: FastifyReply, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) void reply.header("set-cookie", cookie);
}

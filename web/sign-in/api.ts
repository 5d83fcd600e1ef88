import type { Endpoint } from "#kernel/endpoint";
import type { z } from "zod";

type Ask<I> = Endpoint<unknown, z.ZodType<unknown, I>, unknown>;

/** What the sign-in screens ask of the server. */
export type SessionApi = {
  signIn: Ask<{ email: string; password: string }>;
  signOut: Ask<Record<string, never>>;
  forgot: Ask<{ email: string }>;
  reset: Ask<{ token: string; password: string }>;
  firstRun: Ask<{
    name: string;
    email: string;
    password: string;
    company: string;
    currency: string;
    time_zone: string;
    lens: string;
  }>;
  acceptInvitation: Ask<{ token: string; name: string; password: string }>;
};

import type { Api, ClientOf, Route } from "#kernel/endpoint";
import { asked } from "./request.ts";
import { problemOf } from "./problem.ts";
import { boot } from "./boot.ts";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;
let send: Fetch = (url, init) => fetch(url, init);
let signedOut = (): void => undefined;

/** Sends requests elsewhere: the kit page answers them from its own sample data. */
export const sendThrough = (other: Fetch): void => void (send = other);

/** Says what happens when the session has ended (401 outside the sign-in screens). */
export const whenSignedOut = (run: () => void): void => void (signedOut = run);

const bodyOf = async (response: Response): Promise<unknown> => {
  if (response.status === 204) return undefined;
  const type = response.headers.get("content-type") ?? "";
  return /json/.test(type) ? response.json() : response.blob();
};

/** Calls a route under /api/v1; throws a Problem (status 0 when the server cannot be reached). */
export async function request<T>(route: Route, input: unknown = {}, signal?: AbortSignal): Promise<T> {
  const { url, ...init } = asked(route, input);
  let response: Response;
  try {
    response = await send(url, {
      ...init,
      credentials: "same-origin",
      ...(signal ? { signal } : {}),
    } as RequestInit);
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw problemOf(0, {
      detail: "The server cannot be reached. Your work is kept; try again in a moment.",
    });
  }
  const body = await bodyOf(response).catch(() => undefined);
  if (response.ok) return body as T;
  if (response.status === 401 && boot().state === "signed-in") signedOut();
  throw problemOf(response.status, body);
}

/** The typed client of a module's endpoints: `client<ContactsApi>("contacts").list({ limit: 50 })`. */
export const client = <A extends Api>(module: string): ClientOf<A> =>
  new Proxy({} as ClientOf<A>, {
    get: (_target, name) =>
      typeof name === "string" ? (input: unknown) => request(routeOf(`${module}.${name}`), input) : undefined,
  });

const routeOf = (name: string): Route => {
  const route = boot().routes[name];
  if (!route) throw problemOf(404, { title: `The server does not offer ${name}` });
  return route;
};

/** Whether the server offers an endpoint, so that nothing dead is drawn for it. */
export const offers = (name: string): boolean => boot().routes[name] !== undefined;

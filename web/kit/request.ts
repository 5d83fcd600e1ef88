import { textOfValue } from "./text.ts";
import type { Method, Route } from "#kernel/endpoint";

/** What is sent for a route and its input; pure, so that it can be read and tested. */
export interface Asked {
  method: Method;
  url: string;
  headers: Record<string, string>;
  body: string | FormData | undefined;
}

const prefix = "/api/v1";

/** The request of a route: {names} go into the path, the rest into the query (GET, DELETE) or a JSON body; `version` of a PATCH is If-Match. */
export function asked(route: Route, input: unknown): Asked {
  const [method, pattern] = route.split(" ") as [Method, string];
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-Rondo"] = "1";
  if (input instanceof FormData) return { method, url: prefix + pattern, headers, body: input };

  const rest = new Map(Object.entries(input ?? {}).filter(([, value]) => value !== undefined));
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest.get(name);
    if (value === undefined || value === "") throw new Error(`${route} needs ${name}`);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  if (method === "GET" || method === "DELETE") {
    const query = new URLSearchParams([...rest].map(([name, value]) => [name, textOfValue(value)]));
    return {
      method,
      url: prefix + path + (query.size > 0 ? `?${query}` : ""),
      headers,
      body: undefined,
    };
  }
  if (method === "PATCH" && rest.has("version")) {
    headers["If-Match"] = `"${String(rest.get("version"))}"`;
    rest.delete("version");
  }
  headers["Content-Type"] = "application/json";
  return { method, url: prefix + path, headers, body: JSON.stringify(Object.fromEntries(rest)) };
}

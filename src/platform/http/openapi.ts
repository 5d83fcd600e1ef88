import { z } from "zod";
import type { Api, Endpoint } from "#kernel/endpoint";

type Json = Record<string, unknown>;
/** A schema as JSON; what it tells under a name of its own is put to the document's. */
const toJson = (schema: z.ZodType, io: "input" | "output", named: Json): Json => {
  const {
    $schema: _,
    $defs,
    ...rest
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    target: "draft-2020-12",
    cycles: "ref",
    reused: "inline",
  }) as Json;
  if (!$defs) return rest;
  const hoisted = JSON.parse(JSON.stringify({ rest, $defs }).replaceAll("#/$defs/", "#/components/schemas/")) as {
    rest: Json;
    $defs: Record<string, Json>;
  };
  for (const [name, { id: _id, ...told }] of Object.entries(hoisted.$defs)) {
    if (named[name] && JSON.stringify(named[name]) !== JSON.stringify(told))
      throw new TypeError(`two schemas are called ${name}; give each a name of its own: .meta({ id })`);
    named[name] = told;
  }
  return hoisted.rest;
};

/** The OpenAPI 3.1 document of all public endpoints. */
export function openApi(apis: Readonly<Record<string, Api>>, version: string): Json {
  const paths: Record<string, Json> = {};
  const schemas: Json = { Problem: problemSchema };
  for (const [module, api] of Object.entries(apis))
    for (const [name, e] of Object.entries(api)) {
      if (e.internal) continue;
      const [method, path] = e.route.split(" ") as [string, string];
      (paths[`/api/v1${path}`] ??= {})[method.toLowerCase()] = operation(
        module,
        name,
        e as Endpoint<unknown, z.ZodType, unknown>,
        method,
        path,
        schemas,
      );
    }
  return {
    openapi: "3.1.0",
    info: {
      title: "Rondo",
      version,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      description: "One customer, one timeline, one cycle.",
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key made under Settings." },
        session: { type: "apiKey", in: "cookie", name: "rondo_session" },
      },
      schemas,
    },
  };
}

const problemSchema: Json = {
  type: "object",
  required: ["type", "title", "status", "code", "detail"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    detail: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["field", "message"],
        properties: { field: { type: "string" }, message: { type: "string" } },
      },
    },
  },
};

function operation(
  module: string,
  name: string,
  e: Endpoint<unknown, z.ZodType, unknown>,
  method: string,
  path: string,
  schemas: Json,
): Json {
  const input = toJson(e.input, "input", schemas);
  const properties = { ...(input.properties as Record<string, Json> | undefined) };
  const required = new Set((input.required as string[] | undefined) ?? []);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
  const parameters: Json[] = [];
  for (const p of inPath) {
    parameters.push({ name: p, in: "path", required: true, schema: properties[p] ?? { type: "string" } });
    delete properties[p];
  }
  if (method === "PATCH" && properties.version) {
    parameters.push({
      name: "If-Match",
      in: "header",
      required: required.has("version"),
      schema: { type: "string" },
      description: "The record's version.",
    });
    delete properties.version;
  }
  if (method === "POST")
    parameters.push({
      name: "Idempotency-Key",
      in: "header",
      required: false,
      schema: { type: "string", maxLength: 200 },
    });
  const hasBody = method !== "GET" && method !== "DELETE";
  if (!hasBody)
    for (const [key, schema] of Object.entries(properties))
      parameters.push({ name: key, in: "query", required: required.has(key), schema });
  const left = Object.keys(properties).filter((k) => required.has(k));
  const body: Json = {
    type: "object",
    properties,
    ...(left.length ? { required: left } : {}),
  };
  const status = String(e.status ?? 200);
  return {
    operationId: `${module}.${name}`,
    tags: [module],
    summary: e.summary,
    ...(e.may === "public" ? { security: [] } : { "x-permission": e.may }),
    parameters,
    ...(hasBody && Object.keys(properties).length
      ? { requestBody: { required: left.length > 0, content: { "application/json": { schema: body } } } }
      : {}),
    responses: {
      [status]:
        status === "204"
          ? { description: "Done" }
          : {
              description: "The answer",
              content: { "application/json": { schema: e.output ? toJson(e.output, "output", schemas) : {} } },
            },
      default: {
        description: "A problem",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

import type { Ctx } from "#platform/context";
import { describedFor, ownObjectsFor, recordTypes, type Field, type ObjectDescription } from "#records";

type Json = Record<string, unknown>;
interface Document extends Json {
  paths: Record<string, Record<string, Json>>;
  components: Json & { schemas: Json };
}

const at = "/api/v1/";
const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const orNull = (schema: Json): Json => ({ anyOf: [schema, { type: "null" }] });

function typeOf(field: Field): Json {
  const values = field.choices?.map((c) => c.value) ?? [];
  switch (field.type) {
    case "number":
      return { type: "number" };
    case "integer":
    case "money":
      return { type: "integer" };
    case "boolean":
      return { type: "boolean" };
    case "date":
      return { type: "string", format: "date" };
    case "datetime":
      return { type: "string", format: "date-time" };
    case "choice":
      return { type: "string", enum: values };
    case "choices":
      return { type: "array", items: { type: "string", enum: values } };
    case "relation":
    case "user":
    case "file":
      return { type: "string", format: "uuid" };
    case "relations":
      return { type: "array", items: { type: "string", format: "uuid" } };
    case "address":
      return { type: "object" };
    case "text":
    case "long_text":
    case "email":
    case "phone":
    case "url":
    case "country":
    case "currency":
      return { type: "string" };
  }
}

const schemaOf = (field: Field): Json => ({
  ...(field.required ? typeOf(field) : orNull(typeOf(field))),
  title: field.label,
  ...(field.formula ? { description: `Worked out: ${field.formula}` } : field.help ? { description: field.help } : {}),
  ...(field.type === "money" ? { description: "Minor units of the company's currency." } : {}),
  ...(field.computed ? { readOnly: true } : {}),
});

const isCustom = (field: Field): boolean => field.name.startsWith("custom.");
/** The custom fields as an object by their keys; keys that nobody has defined may stand beside them. */
const customOf = (object: ObjectDescription): Json => ({
  type: "object",
  properties: Object.fromEntries(object.fields.filter(isCustom).map((f) => [f.name.slice("custom.".length), schemaOf(f)])),
  additionalProperties: true,
}); // prettier-ignore

/** Every "custom" among the properties below becomes that one. */
function withCustom(part: unknown, custom: Json): unknown {
  if (Array.isArray(part)) return part.map((one) => withCustom(one, custom));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      if (key !== "properties" || typeof value !== "object" || value === null || !("custom" in value)) return [key, withCustom(value, custom)]; // prettier-ignore
      return [key, { ...(withCustom(value, custom) as Json), custom }];
    }),
  );
}

/** An own object's record in the document: told whole, asked for without what Rondo gives it. */
function recordOf(object: ObjectDescription): Json {
  const own = object.fields.filter((f) => !isCustom(f));
  return {
    type: "object",
    required: ["id", "version", ...own.filter((f) => f.required).map((f) => f.name)],
    properties: {
      id: { type: "string", format: "uuid", readOnly: true },
      version: { type: "integer", readOnly: true },
      ...Object.fromEntries(own.map((f) => [f.name, schemaOf(f)])),
      custom: customOf(object),
      created_at: { type: "string", format: "date-time", readOnly: true },
      updated_at: { type: "string", format: "date-time", readOnly: true },
    },
  };
}

const generic = `${at}custom/{object}`;
/** The generic paths of own objects said of one of them. */
function ownPaths(document: Document, object: ObjectDescription, name: string): Document["paths"] {
  const key = object.plural.slice("custom/".length);
  const json = (schema: Json) => ({ "application/json": { schema } });
  const paths = Object.entries(document.paths).filter(([path]) => path === generic || path.startsWith(`${generic}/`));
  return Object.fromEntries(
    paths.map(([path, item]) => {
      const operations = Object.entries(clone(item)).map(([method, operation]) => {
        const parameters = (operation.parameters as Json[]).filter((p) => p.name !== "object");
        const told = { ...operation, tags: [object.label_plural], operationId: `${String(operation.operationId)}.${key}`, parameters };
        const ends = path.slice(generic.length);
        const responses = operation.responses as Record<string, Json>;
        if (ends === "" && method === "get") return [method, { ...told, responses: { ...responses, 200: { description: "The answer", content: json({ type: "object", properties: { items: { type: "array", items: ref(name) }, next: orNull({ type: "string" }), total: {} } }) } } }];
        const answers = Object.fromEntries(Object.entries(responses).map(([status, r]) => [status, (status === "200" || status === "201") && ["", "/{id}", "/{id}/restore"].includes(ends) ? { ...r, content: json(ref(name)) } : r]));
        const takes = (method === "post" && ends === "") || method === "patch";
        return [method, { ...told, responses: answers, ...(takes ? { requestBody: { required: true, content: json(ref(name)) } } : {}) }];
      });
      return [path.replace(generic, at + object.plural), Object.fromEntries(operations)];
    }),
  );
} // prettier-ignore

/** The API document as it is in the caller's company: with the custom fields and the objects of its own that the caller's role shows. */
export async function ownDocument(ctx: Ctx, given: unknown): Promise<Document> {
  const document = clone(given) as Document;
  for (const { object } of recordTypes()) {
    const described = await describedFor(ctx, object);
    if (!described.fields.some(isCustom)) continue;
    const name = `${object.name}_custom`;
    document.components.schemas[name] = customOf(described);
    const path = at + object.plural.replaceAll("_", "-");
    for (const [own, item] of Object.entries(document.paths))
      if (own === path || own.startsWith(`${path}/`)) document.paths[own] = withCustom(item, ref(name)) as Record<string, Json>; // prettier-ignore
  }
  for (const object of await ownObjectsFor(ctx)) {
    const name = object.plural.replace("/", "_");
    document.components.schemas[name] = recordOf(object);
    Object.assign(document.paths, ownPaths(document, object, name));
  }
  return document;
}

import { z } from "zod";
import type { Api } from "#kernel/endpoint";
import { factStages } from "#timeline";

const typeOf = (s: Record<string, unknown>): string =>
  s.enum
    ? (s.enum as string[]).join(" \\| ")
    : s.anyOf
      ? (s.anyOf as Record<string, unknown>[]).map(typeOf).join(" \\| ")
      : ([s.format, s.type].find((t): t is string => typeof t === "string") ?? "any");

function payloadOf(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: "input" }) as {
    properties?: Record<string, Record<string, unknown>>;
    required?: string[];
  };
  return Object.entries(json.properties ?? {})
    .map(([name, s]) => `\`${name}${json.required?.includes(name) ? "" : "?"}\` ${typeOf(s)}`)
    .join(", ");
}

/** docs/facts.md: the vocabulary of the timeline. */
export function factsDocument(): string {
  const parts = Object.entries(factStages).map(([stage, kinds]) => {
    const rows = Object.entries(kinds).map(
      ([name, kind]) => `| \`${name}\` | ${kind.label} | ${payloadOf(kind.payload)} |`,
    );
    return `## ${stage}\n\n| fact | it says | payload |\n|---|---|---|\n${rows.join("\n")}`;
  });
  return `# Facts\n\nWritten by \`npm run rondo -- schema\` from \`src/timeline/facts\`; do not edit. Amounts are minor units; \`base_amount\` is in the workspace's currency.\n\n${parts.join("\n\n")}\n`;
}

/** docs/api.md: one line per public endpoint; the whole document is served at /api/v1/openapi.json. */
export function apiDocument(apis: Readonly<Record<string, Api>>): string {
  const parts = Object.entries(apis)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([module, api]) => {
      const rows = Object.values(api)
        .filter((e) => !e.internal)
        .map((e) => `| \`${e.route.replace(" /", " /api/v1/")}\` | ${e.summary} | \`${e.may}\` |`);
      return rows.length
        ? [`## ${module}\n\n| route | what it does | permission |\n|---|---|---|\n${rows.join("\n")}`]
        : [];
    });
  return `# API\n\nWritten by \`npm run rondo -- schema\`; do not edit. The OpenAPI 3.1 document is served at \`/api/v1/openapi.json\`.\n\n${parts.join("\n\n")}\n`;
}

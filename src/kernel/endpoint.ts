import type { z } from "zod";

/*
 * Words we use
 *   endpoint   one thing a person, program or model may ask of Rondo; its definition gives the REST route, the OpenAPI entry,
 *              the permission check and, by type only, the browser's client
 *   route      "POST /contacts/{id}/convert", under /api/v1; {names} are taken from the path, the rest from query or body
 */
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
export type Route = `${Method} /${string}`;

/** JSON that PostgreSQL built, passed through unparsed. */
export interface RawJson<T> {
  readonly json: string;
  /** The record's version, for the ETag. */
  readonly version?: number;
  readonly shape?: T;
}

/** A streamed file answer. */
export interface FileAnswer {
  readonly file: NodeJS.ReadableStream | Buffer | string;
  readonly type: string;
  readonly name: string;
}

export interface Endpoint<C, I extends z.ZodType, O> {
  readonly route: Route;
  /** The permission it needs; "public": anybody; "signed-in": any person or key of the workspace. */
  readonly may: string;
  readonly summary: string;
  readonly input: I;
  readonly output?: z.ZodType;
  /** Status of success, 200 unless said (201 created, 202 accepted, 204 nothing to say). */
  readonly status?: number;
  /** Not in the public API document (sign-in screens and the like). */
  readonly internal?: boolean;
  /** Its input or answer holds a secret: neither is kept for an Idempotency-Key. */
  readonly secret?: boolean;
  readonly run: (ctx: C, input: z.output<I>) => Promise<O> | O;
}

/** Defines an endpoint; only gives the types a place to meet. */
export const endpoint = <C, I extends z.ZodType, O>(definition: Endpoint<C, I, O>): Endpoint<C, I, O> => definition;

// `never` and `unknown` let endpoints of every context and input stand in one table.
// eslint-disable-next-line typescript/no-explicit-any -- a table of endpoints with different inputs has no narrower type
export type Api = Readonly<Record<string, Endpoint<any, any, any>>>;

type Answer<O> = O extends RawJson<infer T> ? T : O extends FileAnswer ? Blob : O;

/** What the browser calls: the same names, inputs and answers, by type only. */
export type ClientOf<A extends Api> = {
  readonly [K in keyof A]: (input: z.input<A[K]["input"]>) => Promise<Answer<Awaited<ReturnType<A[K]["run"]>>>>;
};

import type { FastifyReply, FastifyRequest } from "fastify";

/** Anybody who asks an open endpoint. */
export interface Visitor {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly ip: string;
}

/** The ctx of endpoints that are open to anybody. */
export const anonymous = (request: FastifyRequest, reply: FastifyReply): Visitor => ({
  request,
  reply,
  ip: request.ip,
});

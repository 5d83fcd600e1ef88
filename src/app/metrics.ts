import { sql } from "kysely";
import type { FastifyInstance } from "fastify";
import type { Database } from "#platform/postgres";

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** /healthz (the process answers), /readyz (the database answers too), /metrics (Prometheus text, for this machine only). */
export function metricsRoutes(app: FastifyInstance, database: Database): void {
  const answers = new Map<number, number>();
  let seconds = 0;
  app.addHook("onResponse", async (_request, reply) => {
    answers.set(reply.statusCode, (answers.get(reply.statusCode) ?? 0) + 1);
    seconds += reply.elapsedTime / 1000;
  });
  app.get("/healthz", async (_request, reply) => reply.type("text/plain").send("ok\n"));
  app.get("/readyz", async (_request, reply) => {
    try {
      await sql`select 1`.execute(database.control);
      return await reply.type("text/plain").send("ready\n");
    } catch {
      return reply.code(503).type("text/plain").send("the database does not answer\n");
    }
  });
  app.get("/metrics", async (request, reply) => {
    // The socket itself: what a proxy of this machine passes on comes from elsewhere, and says so.
    const passedOn = request.headers["x-forwarded-for"] ?? request.headers.forwarded;
    if (passedOn !== undefined || !loopback.has(request.socket.remoteAddress ?? "")) return reply.code(404).send();
    const memory = process.memoryUsage();
    const lines = [
      "# TYPE rondo_http_answers_total counter",
      ...[...answers].map(([status, n]) => `rondo_http_answers_total{status="${status}"} ${n}`),
      "# TYPE rondo_http_seconds_total counter",
      `rondo_http_seconds_total ${seconds.toFixed(3)}`,
      "# TYPE process_resident_memory_bytes gauge",
      `process_resident_memory_bytes ${memory.rss}`,
      "# TYPE process_uptime_seconds gauge",
      `process_uptime_seconds ${process.uptime().toFixed(0)}`,
    ];
    return reply.type("text/plain; version=0.0.4").send(`${lines.join("\n")}\n`);
  });
}

import { expect, onTestFinished, test } from "vitest";
import { createServer } from "./server.ts";

async function ipSeen(trustProxy: boolean, forwarded: string): Promise<string> {
  const app = await createServer({ trustProxy, maxUploadBytes: 1, web: null });
  onTestFinished(() => app.close());
  app.get("/who", async (request) => request.ip);
  return (await app.inject({ url: "/who", headers: { "x-forwarded-for": forwarded } })).body;
}

test("behind our proxy a visitor is who the proxy saw, not who they say they are", async () => {
  expect(await ipSeen(true, "127.0.0.1, 10.0.0.1, 203.0.113.9")).toBe("203.0.113.9");
  expect(await ipSeen(false, "203.0.113.9")).toBe("127.0.0.1");
});

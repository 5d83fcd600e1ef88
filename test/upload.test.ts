import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createApiKey } from "#platform/auth";
import { readConfig } from "#platform/config";
import { createApp } from "../src/app/server.ts";
import { databaseForTest, templateWorkspaceId } from "./database.ts";

const part = (name: string, more = ""): string =>
  `--cut\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`;

test("uploads that break off, lie about their length or their name leave nothing behind, and the server goes on", async () => {
  const t = await databaseForTest();
  const data = await mkdtemp(join(tmpdir(), "rondo-uploads-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const app = await createApp({
    database: t.database,
    config: readConfig({ RONDO_DATA: data, MAX_UPLOAD_MB: "1" }),
    log: pino({ level: "silent" }),
    web: null,
  });
  onTestFinished(() => app.close());
  await app.http.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.http.server.address() as AddressInfo;
  const { key } = await createApiKey(t.database, { workspace: templateWorkspaceId, name: "test", role: "manager" });
  const begin = (length: number): Socket => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.on("error", () => {});
    socket.write(
      `POST /api/v1/imports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: multipart/form-data; boundary=cut\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n`,
    );
    return socket;
  };
  const left = async (): Promise<string[]> => readdir(join(data, "uploads")).catch(() => []);

  const broken = begin(500_000);
  broken.write(
    `${part("object")}contacts\r\n${part("file", '; filename="a.csv"')}id,name\r\n${"1,Ana\r\n".repeat(1000)}`,
  );
  await expect.poll(left, { timeout: 5000 }).toHaveLength(1);
  broken.destroy();
  await expect.poll(left, { timeout: 5000 }).toEqual([]);

  const early = begin(500_000);
  early.write(part("object"));
  await wait(100);
  early.destroy();

  const whole = `${part("object")}contacts\r\n${part("file", '; filename="../../../../etc/cron.d/evil.csv"')}id,name\r\n1,Ana Ruiz\r\n2,Bo Lind\r\n--cut--\r\n`;
  const answer = await new Promise<string>((done) => {
    const socket = begin(Buffer.byteLength(whole));
    let text = "";
    socket.on("data", (piece) => (text += String(piece)));
    socket.on("close", () => done(text));
    socket.write(whole);
  });
  expect(answer).toMatch(/^HTTP\/1.1 201/);
  expect(answer).toContain('"file_name":"evil.csv"');
  expect(await left()).toHaveLength(1);
  expect((await app.http.inject("/readyz")).statusCode).toBe(200);
});

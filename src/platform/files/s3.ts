import { openAsBlob } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { AwsClient } from "aws4fetch";
import { notFound, Refused } from "#kernel/refusal";
import type { S3 } from "#platform/config";
import { measure } from "./uploads.ts";
import { checkKey, type FileStore } from "./store.ts";

// A bucket that does not answer within this time, in ms, is away: a person waits for it.
const answersWithin = 60_000;

/**
 * Files in an S3-compatible bucket, addressed by path. The administrator of the server names it, so it may lie in a private network;
 * nobody else can point it anywhere.
 */
export function s3Store(s3: S3): FileStore {
  const aws = new AwsClient({
    accessKeyId: s3.accessKeyId,
    secretAccessKey: s3.secretAccessKey,
    service: "s3",
    region: s3.region,
    retries: 2,
  });
  const ask = async (key: string, method: "PUT" | "GET" | "DELETE", more: RequestInit = {}): Promise<Response> => {
    checkKey(key);
    const url = `${s3.endpoint}/${encodeURIComponent(s3.bucket)}/${s3.prefix}${key}`;
    // A redirect would carry our signature to an address nobody configured.
    const init = { method, redirect: "error" as const, signal: AbortSignal.timeout(answersWithin), ...more };
    const answer = await aws.fetch(url, init).catch((error: unknown) => {
      throw away((error as Error).message);
    });
    if (answer.ok || (method !== "PUT" && answer.status === 404)) return answer;
    await answer.body?.cancel();
    throw away(`it answered ${answer.status}`);
  };
  return {
    async keep(key, path) {
      const [blob, { sha256 }] = [await openAsBlob(path), await measure(path)];
      // Signed with its hash: what arrived is what was sent, or the bucket refuses it.
      const headers = { "x-amz-content-sha256": sha256, "content-type": "application/octet-stream" };
      await (await ask(key, "PUT", { body: blob, headers })).body?.cancel();
      await rm(path, { force: true });
    },
    async open(key) {
      const answer = await ask(key, "GET");
      if (answer.status !== 404 && answer.body) return Readable.fromWeb(answer.body as ReadableStream);
      await answer.body?.cancel();
      throw notFound("file");
    },
    async remove(key) {
      await (await ask(key, "DELETE")).body?.cancel();
    },
  };
}

const away = (why: string): Refused =>
  new Refused("unavailable", "files.away", "The store of the files cannot be reached. Try again in a moment.", {
    detail: { why },
  });

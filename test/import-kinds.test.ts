import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { priceListType, productType, setPrice } from "#convert/catalog";
import { createApiKey } from "#platform/auth";
import { readConfig } from "#platform/config";
import type { Role } from "#platform/context";
import { createRecord } from "#records";
import { createApp } from "../src/app/server.ts";
import { imported } from "../src/records/import/importing-for-tests.ts";
import { colleague, roleWith } from "./access-world.ts";
import { databaseForTest, templateWorkspaceId } from "./database.ts";

test("files of prices, quotes and members come in by HTTP from whoever may do the same by hand, and from nobody else", async () => {
  const t = await databaseForTest();
  const data = await mkdtemp(join(tmpdir(), "rondo-uploads-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const app = await createApp({ database: t.database, config: readConfig({ RONDO_DATA: data }), log: pino({ level: "silent" }), web: null }); // prettier-ignore
  onTestFinished(() => app.close());
  const asking = async (role: Exclude<Role, "owner">) => {
    const { key } = await createApiKey(t.database, { workspace: templateWorkspaceId, name: role, role });
    return async (object: string, text: string) => {
      const form = new FormData();
      form.append("object", object);
      form.append("file", new File([text], `${object}.csv`));
      const body = new Response(form);
      const headers = { authorization: `Bearer ${key}`, "content-type": body.headers.get("content-type")! };
      const sent = await app.http.inject({ method: "POST", url: "/api/v1/imports", headers, payload: Buffer.from(await body.arrayBuffer()) }); // prettier-ignore
      return [sent.statusCode, sent.json<{ problems?: { field: string }[] }>().problems?.map((p) => p.field)];
    };
  };
  const [agent, viewer] = [await asking("agent"), await asking("viewer")];
  const files = [
    ["prices", "SKU,Price\nL1,12\n", []],
    ["quotes", "Quote number,SKU,Quantity\nA,L1,1\n", []],
    ["segment_members", "E-mail\nana@initech.example\n", ["options.segment_id"]],
  ] as const;
  for (const [object, text, problems] of files) {
    expect(await agent(object, text)).toEqual([201, problems]);
    expect((await viewer(object, text))[0]).toBe(403);
  }
  const { key } = await createApiKey(t.database, { workspace: templateWorkspaceId, name: "list", role: "agent" });
  const objects = await app.http.inject({
    url: "/api/v1/imports/objects",
    headers: { authorization: `Bearer ${key}` },
  });
  expect(objects.json<{ items: { object: string }[] }>().items.map((i) => i.object)).toEqual(expect.arrayContaining(files.map(([object]) => object))); // prettier-ignore
});

test("whoever may set a price by hand may do so by a file, and whoever may not is told at the row", async () => {
  const t = await databaseForTest();
  const ctx = t.ctx();
  const jar = await createRecord(ctx, productType, { name: "Jar", sku: "J1" });
  const list = await createRecord(ctx, priceListType, { name: "Euro", currency: "EUR", is_default: true });
  const looking = await roleWith(ctx, "Looks at lists", { products: { read: "all", update: "all" }, price_lists: { read: "all" } }); // prettier-ignore
  const day = (n: number): string => `2030-01-0${n}`;
  const hands: boolean[] = [];
  for (const [n, who] of [await colleague(t, "Tom Weber", "agent"), await colleague(t, "Nia New", looking)].entries()) {
    const hand = await setPrice(who, { product_id: jar.id, price_list_id: list.id, unit_price: 100, valid_from: day(1 + 2 * n) }).then(() => true, () => false); // prettier-ignore
    hands.push(hand);
    const { counts, failures } = await imported(who, "prices", `SKU,Price,Valid from\nJ1,2,${day(2 + 2 * n)}\n`);
    expect([counts.created, failures.length]).toEqual(hand ? [1, 0] : [0, 1]);
  }
  expect(hands).toEqual([true, false]);
});

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newId } from "#kernel/id";
import { databaseForTest } from "../../../test/database.ts";
import { abandonedAt, sweepAbandoned } from "./abandoned.ts";
import { listImports, noteImport } from "./ledger.ts";

const day = 86_400_000;

test("a file that nobody imports is forgotten after a week, with its bytes; a younger one stays", async () => {
  const t = await databaseForTest();
  const folder = join(await mkdtemp(join(tmpdir(), "rondo-abandoned-")), "uploads");
  onTestFinished(() => rm(join(folder, ".."), { recursive: true, force: true }));
  await mkdir(folder);
  const now = Date.now();
  const upload = async (daysAgo: number): Promise<string> => {
    const id = newId();
    const path = join(folder, id);
    await writeFile(path, "id,name\n1,Ana Ruiz\n");
    await noteImport(t.ctx("owner", { at: new Date(now - daysAgo * day) }), {
      id,
      object: "contacts",
      path,
      file_name: "a.csv",
      bytes: 19,
      sha256: "",
    });
    return path;
  };
  const [old, young] = [await upload(8), await upload(6)];
  const ctx = t.ctx("owner", { at: new Date(now) });
  expect(await abandonedAt(ctx)).toEqual(new Date(now - day));
  expect(await sweepAbandoned(ctx)).toBe(1);
  expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  expect((await listImports(ctx, 10)).map((i) => i.path)).toEqual([young]);
  expect(await abandonedAt(ctx)).toEqual(new Date(now + day));
});

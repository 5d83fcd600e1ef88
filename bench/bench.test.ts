import { expect, test } from "vitest";
import { tiny } from "./scale.ts";
import { benches, lineOf } from "./run.ts";
import { generate } from "./generate.ts";
import { houseOn } from "./house.ts";
import { databaseForTest } from "../test/database.ts";

test("every bench tells figures that can be compared", { timeout: 60_000 }, async () => {
  const t = await databaseForTest();
  const house = await houseOn(t.database);
  const written = await generate(t.database, house.ctx.workspace.schema, { contacts: 120, facts: 2_400 });
  expect(written).toEqual({ contacts: 120, facts: 2_400 });
  const told: string[] = [];
  for (const bench of Object.values(benches))
    for (const figure of await bench(house, tiny)) {
      const line = JSON.parse(lineOf(figure, written)) as Record<string, unknown>;
      told.push(String(line.figure));
      for (const name of ["ours_ms", "limit_ms", "ratio", "reach"])
        expect(line[name], `${figure.figure}: ${name}`).toBeGreaterThan(0);
      for (const name of ["ours_cpu_ms", "limit_cpu_ms", "cpu_ratio"])
        expect(line[name] === null || Number(line[name]) > 0, `${figure.figure}: ${name}`).toBe(true);
      expect(line.against).toMatch(/\w/);
      expect(typeof line.within).toBe("boolean");
    }
  expect(new Set(told).size).toBe(told.length);
  await house.close();
});

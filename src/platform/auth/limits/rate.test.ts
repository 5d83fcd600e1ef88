import { expect, test } from "vitest";
import { databaseForTest } from "../../../../test/database.ts";
import { networkOf, rateLimit } from "./rate.ts";

const limit = { burst: 5, per_seconds: 50 };

test("of twenty tries at once exactly five pass, and one more every ten seconds", async () => {
  const { control } = (await databaseForTest()).database;
  const now = new Date();
  const take = (at: Date): Promise<boolean> => rateLimit(control, "door", limit, at).then(() => true, () => false); // prettier-ignore
  const passed = await Promise.all(Array.from({ length: 20 }, () => take(now)));
  expect(passed.filter(Boolean)).toHaveLength(5);
  await expect(rateLimit(control, "door", limit, now)).rejects.toMatchObject({
    kind: "too-many",
    detail: { retry_after: 10 },
  });
  const later = new Date(now.getTime() + 10_000);
  expect([await take(later), await take(later)]).toEqual([true, false]);
  // A clock that runs behind takes nothing away and gives nothing.
  expect(await take(now)).toBe(false);
  const muchLater = new Date(now.getTime() + 3600_000);
  const full = await Promise.all(Array.from({ length: 20 }, () => take(muchLater)));
  expect(full.filter(Boolean)).toHaveLength(5);
});

test("an IPv6 household is one network, mapped IPv4 is IPv4", () => {
  expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(networkOf("2001:0DB8:0001:0002::9")).toBe("2001:db8:1:2::/64");
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(networkOf("203.0.113.7")).toBe("203.0.113.7");
});

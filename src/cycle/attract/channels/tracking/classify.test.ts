import { expect, test } from "vitest";
import { classifyHits, type Hit } from "./classify.ts";

const sent = new Date(1_000_000);
const hit = (n: number, more: Partial<Hit> = {}): Hit => ({ id: String(n), kind: "click", link_id: `l${n}`, trap: false, at: new Date(sent.getTime() + 60_000 + n * 10_000), method: "GET", user_agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/140", network: "192.0.2.7", ...more }); // prettier-ignore
const classOf = (...hits: Hit[]): string[] => [...classifyHits(hits, sent).values()].map((v) => v.class);

test("a person reads for a while and clicks once or twice", () => {
  expect(classOf(hit(1, { kind: "open" }), hit(2), hit(4))).toEqual(["human", "human", "human"]);
});

test.each([
  ["asks for the header only", { method: "HEAD" }],
  ["comes at once", { at: new Date(sent.getTime() + 2_999) }],
  ["says so", { user_agent: "Barracuda Sentinel (EE)" }],
  ["says nothing", { user_agent: "" }],
  ["is Apple's privacy proxy", { user_agent: "Mozilla/5.0" }],
])("a machine %s", (_, more) => {
  expect(classOf(hit(1, more))).toEqual(["machine"]);
});

test("three links within two seconds is a machine, three in half a minute is not; two people do not make one", () => {
  const at = new Date(sent.getTime() + 60_000);
  expect(classOf(hit(1, { at }), hit(2, { at }), hit(3, { at }))).toEqual(["machine", "machine", "machine"]);
  expect(classOf(hit(1), hit(2), hit(3))).toEqual(["human", "human", "human"]);
  expect(classOf(hit(1, { at }), hit(2, { at }), hit(3, { at, network: "198.51.100.1" }))).toEqual(["human", "human", "human"]); // prettier-ignore
});

test("a picture proxy leaves it open who looked", () => {
  expect(classOf(hit(1, { kind: "open", user_agent: "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)" }))).toEqual(["unsure"]); // prettier-ignore
});

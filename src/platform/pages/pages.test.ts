import { expect, test } from "vitest";
import { databaseForTest } from "../../../test/database.ts";
import { frame } from "./page.ts";
import { html, pageUrl, seal, unseal } from "./index.ts";

test("what a stranger writes stays text on a page", () => {
  const name = `<script>alert("1")</script>`;
  const body = html`<p title="${name}">${name}${[html`<b>${"&"}</b>`, null, false]}</p>`;
  expect(body.html).not.toContain("<script>");
  expect(body.html).toContain("<b>&amp;</b>");
  const workspace = { name, locale: "ar" } as Parameters<typeof frame>[0]["workspace"];
  expect(frame({ workspace }, { title: name, body }, "n")).not.toContain("<script>");
  expect(frame({ workspace }, { title: name, body }, "n")).toContain('dir="rtl"');
});

test("a sealed link opens for its kind and its workspace only, and not when a letter is changed", async () => {
  const ctx = (await databaseForTest()).ctx();
  const token = seal(ctx, "quote", "01900000-0000-7000-8000-000000000009");
  expect(unseal(ctx, "quote", token)).toBe("01900000-0000-7000-8000-000000000009");
  expect(unseal(ctx, "survey", token)).toBeNull();
  const elsewhere = { ...ctx, workspace: { ...ctx.workspace, id: "01900000-0000-7000-8000-000000000002" } };
  expect(unseal(elsewhere, "quote", token)).toBeNull();
  expect(unseal(ctx, "quote", token.replace("0009", "0008"))).toBeNull();
  for (const garbage of ["", ".", "x", `${token}x`, token.slice(0, -3), "a.b.c"])
    expect(unseal(ctx, "quote", garbage)).toBeNull();
  expect(pageUrl(ctx, "/q/x")).toBe("https://crm.northwind.example/p/000000000001/q/x");
  expect(() => seal(ctx, "quote", "a/b")).toThrow(TypeError);
});

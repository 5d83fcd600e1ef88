import { expect, test } from "vitest";
import { asked, type Asked } from "./request.ts";

const sentFields = (body: Asked["body"]): unknown => JSON.parse(typeof body === "string" ? body : "null");

test("a list asks with its condition as JSON text and its path filled in", () => {
  const { method, url, body, headers } = asked("GET /accounts/{id}/orders", {
    id: "a/b",
    filter: { field: "city", op: "is", value: "Köln & Co" },
    limit: 50,
    cursor: undefined,
  });
  const parsed = new URL(url, "http://rondo.test");
  expect(method).toBe("GET");
  expect(parsed.pathname).toBe("/api/v1/accounts/a%2Fb/orders");
  expect(JSON.parse(parsed.searchParams.get("filter") ?? "")).toEqual({
    field: "city",
    op: "is",
    value: "Köln & Co",
  });
  expect([...parsed.searchParams.keys()]).toEqual(["filter", "limit"]);
  expect(body).toBeUndefined();
  expect(headers["X-Rondo"]).toBeUndefined();
});

test("an edit names the version it saw, and the version is no field", () => {
  const { url, headers, body } = asked("PATCH /contacts/{id}", {
    id: "7",
    version: 3,
    given_name: "Ana",
  });
  expect(url).toBe("/api/v1/contacts/7");
  expect(headers["If-Match"]).toBe('"3"');
  expect(headers["X-Rondo"]).toBe("1");
  expect(sentFields(body)).toEqual({ given_name: "Ana" });
});

test("a new record keeps a field that happens to be called version", () => {
  expect(sentFields(asked("POST /products", { version: 2 }).body)).toEqual({ version: 2 });
});

test("a missing path name is our mistake and never sent", () => {
  expect(() => asked("DELETE /contacts/{id}", {})).toThrow("needs id");
});

import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { onPaper, writePaper, type Paper } from "./index.ts";

const paper: Paper = {
  title: "Quote QU-1001",
  language: "en",
  from: { name: "Northwind Goods", lines: ["Harbour 1"], footer: ["IBAN DE02"] },
  to: ["Ana Ruiz"],
  facts: [["Valid until", "22 Dec 2026"]],
  intro: "",
  columns: [{ label: "What", width: 0.7 }, { label: "Total", width: 0.3, number: true }], // prettier-ignore
  rows: [["Lantern", "€5.00"]],
  sums: [{ label: "Total", value: "€5.00", strong: true }],
  notes: [],
  missingNote: "Read it on the page.",
  pageWords: "Page {page} of {pages}",
  at: new Date(0),
};
const pagesOf = (pdf: Buffer): number => (pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g) ?? []).length;
const drawn = (pdf: Buffer): number => {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/stream\r?\n/g)].reduce((sum, m) => {
    const from = m.index + m[0].length;
    try {
      return sum + (inflateSync(pdf.subarray(from, text.indexOf("endstream", from))).toString("latin1").match(/T[jJ]/g) ?? []).length; // prettier-ignore
    } catch {
      return sum;
    }
  }, 0);
};

test("letters of Europe and Vietnam are written; others stand as boxes", () => {
  const written = "Zażółć gęślą jaźń, Привет, Γειά σου, Việt Nam, 1\u202f234,50\u00a0€ “so” – …";
  expect(onPaper(written)).toBe(written);
  expect(onPaper("日本 x\u200d\ufe0f")).toBe("□□ x");
  expect(onPaper("🙂")).toBe("□");
  expect(onPaper("e\u0301")).toBe("é");
});

test("a long paper goes on over pages and one that lacks letters says so", async () => {
  const one = await writePaper(paper);
  expect(one.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pagesOf(one)).toBe(1);
  const rows = Array.from({ length: 120 }, (_, i) => [`Lantern ${i} `.repeat(i === 60 ? 4000 : 1), "€1.00"]);
  expect(pagesOf(await writePaper({ ...paper, rows }))).toBeGreaterThan(3);
  const lacking = await writePaper({ ...paper, rows: [["日本", "€5.00"]] });
  expect(drawn(lacking)).toBe(drawn(one) + 1);
  expect(pagesOf(await writePaper({ ...paper, rows: [], sums: [], to: [], facts: [] }))).toBe(1);
});

test("the same paper has the same bytes", async () => {
  expect((await writePaper(paper)).equals(await writePaper(paper))).toBe(true);
});

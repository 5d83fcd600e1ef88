import type { Ctx } from "#platform/context";
import { writePaper } from "#platform/pdf";
import type { Content } from "./content.ts";
import { linkOf } from "./send.ts";
import { wordsOf } from "./words.ts";

/** The quote as a PDF; with the same figures as its page. `at` dates the document, so that one version has one file. */
export function paperOf(ctx: Ctx, content: Content, about: { at: Date; version_id: string | null }): Promise<Buffer> {
  const words = wordsOf(ctx, content);
  const { from, to } = content;
  const discounted = words.rows.some((row) => row.discount !== "");
  const version = content.revision > 1 ? [["Version", String(content.revision)] as const] : [];
  const where = about.version_id ? ` They are all on its page: ${linkOf(ctx, about.version_id)}` : "";
  return writePaper({
    title: `Quote ${content.number}`,
    language: content.language,
    from: {
      name: from.name,
      lines: [from.address, from.tax_id, from.phone, from.email, from.website].filter((line) => line !== ""),
      footer: [from.bank, from.footer].filter((line) => line !== "").map((line) => line.replaceAll("\n", ", ")),
    },
    to: [to.name, to.account].filter((line) => line !== null),
    facts: [...(content.subject ? [["About", content.subject] as const] : []), ...version, ["Valid until", words.valid_until]], // prettier-ignore
    intro: content.intro ?? "",
    columns: [
      { label: "What", width: discounted ? 0.42 : 0.54 },
      { label: "Quantity", width: 0.12, number: true },
      { label: "Price", width: 0.16, number: true },
      ...(discounted ? [{ label: "Discount", width: 0.12, number: true }] : []),
      { label: "Total", width: 0.18, number: true },
    ],
    rows: words.rows.map((r) => [r.description, r.quantity, r.price, ...(discounted ? [r.discount] : []), r.total]),
    sums: words.sums,
    notes: [{ title: "Terms", text: content.terms ?? "" }],
    missingNote: `Some letters of this quote cannot be written on paper and stand as boxes.${where}`,
    pageWords: "Page {page} of {pages}",
    at: about.at,
  });
}

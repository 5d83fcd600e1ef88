import { join } from "node:path";
import { finished } from "node:stream/promises";
import PDFDocument from "pdfkit";
import { missing, onPaper } from "./letters.ts";
import { footOf, tableOf } from "./parts.ts";
import { gray, ink, margin, width, type Doc, type Paper } from "./sheet.ts";

const fonts = join(import.meta.dirname, "fonts");

/** The paper as a PDF of A4 pages. Letters that no font of ours has stand as boxes, and the paper says so. */
export async function writePaper(paper: Paper): Promise<Buffer> {
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: margin, left: margin, right: margin, bottom: margin + 40 },
    bufferPages: true,
    lang: paper.language,
    info: { Title: paper.title, Author: paper.from.name, CreationDate: paper.at },
  });
  doc.registerFont("text", join(fonts, "Inter-Regular.otf"));
  doc.registerFont("strong", join(fonts, "Inter-SemiBold.otf"));
  const chunks: Buffer[] = [];
  doc.on("data", (chunk: Buffer) => chunks.push(chunk));
  const clean = cleaned(paper);
  head(doc, clean);
  tableOf(doc, clean);
  sums(doc, clean);
  notes(doc, clean);
  footOf(doc, clean);
  doc.end();
  await finished(doc);
  return Buffer.concat(chunks);
}

/** The same paper with texts as they can be written. */
function cleaned(paper: Paper): Paper {
  const clean = JSON.parse(JSON.stringify(paper), (key, value: unknown) => (typeof value === "string" && key !== "language" && key !== "at" ? onPaper(value) : value)) as Paper; // prettier-ignore
  const { missingNote, ...texts } = clean;
  const lacks = JSON.stringify(texts).includes(missing) && !JSON.stringify(paper).includes(missing);
  return { ...clean, at: paper.at, missingNote: lacks ? missingNote : "" };
}

function head(doc: Doc, paper: Paper): void {
  const half = width / 2 - 12;
  const right = margin + width - half;
  doc.font("strong").fontSize(13).fillColor(ink).text(paper.from.name, margin, margin, { width: half });
  doc.font("text").fontSize(9).fillColor(gray);
  for (const line of paper.from.lines) doc.text(line, { width: half });
  const left = doc.y;
  doc.font("text").fontSize(10).fillColor(ink).text(paper.to.join("\n"), right, margin, { width: half });
  doc.y = Math.max(left, doc.y, margin + 90) + 24;
  doc.font("strong").fontSize(20).fillColor(ink).text(paper.title, margin, doc.y, { width });
  doc.moveDown(0.4);
  for (const [label, value] of paper.facts) fact(doc, label, value);
  if (paper.intro) doc.moveDown(0.8).font("text").fontSize(10).fillColor(ink).text(paper.intro, margin, doc.y, { width, lineGap: 2 }); // prettier-ignore
  doc.moveDown(1.2);
}

function fact(doc: Doc, label: string, value: string): void {
  const y = doc.y;
  doc.font("text").fontSize(9).fillColor(gray).text(label, margin, y, { width: 110 });
  const after = doc.y;
  doc.fillColor(ink).text(value, margin + 118, y, { width: width - 118 });
  doc.y = Math.max(after, doc.y) + 2;
}

function sums(doc: Doc, paper: Paper): void {
  const left = margin + width * 0.5;
  doc.y += 8;
  for (const { label, value, strong } of paper.sums) {
    if (doc.y > doc.page.height - doc.page.margins.bottom - 24) doc.addPage();
    const y = doc.y;
    doc.font(strong ? "strong" : "text").fontSize(strong ? 11 : 9.5).fillColor(strong ? ink : gray); // prettier-ignore
    doc.text(label, left, y, { width: width * 0.28 });
    const after = doc.y;
    doc.fillColor(ink).text(value, margin + width * 0.78, y, { width: width * 0.22, align: "right" });
    doc.y = Math.max(after, doc.y) + 4;
  }
  doc.x = margin;
}

function notes(doc: Doc, paper: Paper): void {
  const all = [...paper.notes, ...(paper.missingNote ? [{ title: "", text: paper.missingNote }] : [])];
  for (const { title, text } of all.filter((note) => note.text)) {
    doc.y += 14;
    if (doc.y > doc.page.height - doc.page.margins.bottom - 48) doc.addPage();
    if (title) doc.font("strong").fontSize(10).fillColor(ink).text(title, margin, doc.y, { width });
    doc
      .font("text")
      .fontSize(9)
      .fillColor(gray)
      .text(text, margin, doc.y + 2, { width, lineGap: 2 });
  }
}

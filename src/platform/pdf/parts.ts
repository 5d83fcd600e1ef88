import { gray, ink, margin, width, type Doc, type Paper } from "./sheet.ts";

const size = 9;
const gap = 5;

/** The table; its head stands on each page it reaches. */
export function tableOf(doc: Doc, paper: Paper): void {
  columnHeads(doc, paper);
  for (const row of paper.rows) {
    const height = heightOf(doc, paper, row);
    if (doc.y + height > doc.page.height - doc.page.margins.bottom) {
      doc.addPage();
      columnHeads(doc, paper);
    }
    cells(doc, paper, row, height, "text", ink);
  }
}

const columnHeads = (doc: Doc, paper: Paper): void => {
  const labels = paper.columns.map((c) => c.label);
  cells(doc, paper, labels, heightOf(doc, paper, labels), "strong", gray);
};

const heightOf = (doc: Doc, paper: Paper, row: readonly string[]): number => {
  doc.font("strong").fontSize(size);
  const heights = paper.columns.map((c, i) => doc.heightOfString(row[i] || " ", { width: c.width * width - 8 }));
  // A line longer than a page is cut at the page's end rather than lost.
  return Math.min(Math.max(...heights) + 2 * gap, doc.page.height - doc.page.margins.bottom - margin - 60);
};

function cells(doc: Doc, paper: Paper, row: readonly string[], height: number, font: string, color: string): void {
  const top = doc.y;
  let x = margin;
  for (const [i, column] of paper.columns.entries()) {
    const w = column.width * width;
    doc.font(font).fontSize(size).fillColor(color);
    doc.text(row[i] ?? "", x + (column.number ? 8 : 0), top + gap, { width: w - 8, height: height - gap, align: column.number ? "right" : "left", ellipsis: true }); // prettier-ignore
    x += w;
  }
  doc.y = top + height;
  doc.moveTo(margin, doc.y).lineTo(margin + width, doc.y).lineWidth(0.5).strokeColor("#d4d4d8").stroke(); // prettier-ignore
  doc.x = margin;
}

/** The small print and the page's number, on each page. */
export function footOf(doc: Doc, paper: Paper): void {
  const { count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    doc.switchToPage(i);
    // Below the margin no text may start a new page.
    doc.page.margins.bottom = 0;
    const top = doc.page.height - margin - 28;
    doc.font("text").fontSize(7.5).fillColor(gray);
    doc.text(paper.from.footer.join("  ·  "), margin, top, { width: width - 90, height: 40, ellipsis: true });
    const words = paper.pageWords.replace("{page}", String(i + 1)).replace("{pages}", String(count));
    doc.text(words, margin + width - 80, top, { width: 80, align: "right" });
  }
}

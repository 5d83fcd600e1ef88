/** A block of texts as spreadsheets put it on the clipboard: cells with tabs, breaks or quotes are quoted. */
export const asTsv = (block: readonly (readonly string[])[]): string =>
  block.map((row) => row.map((cell) => (/[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t")).join("\n"); // prettier-ignore

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

/** The same block as an HTML table, which keeps its cells apart in mails and documents. */
export const asHtml = (block: readonly (readonly string[])[]): string =>
  `<table>${block.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell).replaceAll("\n", "<br>")}</td>`).join("")}</tr>`).join("")}</table>`;

/** Reads a block from the clipboard: tabs between cells, breaks between rows, both inside quotes; a break at the end ends the last row. */
export function fromTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const end = (): void => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? "";
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (sign === '"' && cell === "" && closes(text, i)) quoted = true;
    else if (sign === "\t") end();
    else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text[i + 1] === "\n") i++;
      end();
      rows.push([]);
    } else cell += sign;
  }
  end();
  const last = rows.at(-1);
  if (rows.length > 1 && last?.length === 1 && last[0] === "") rows.pop();
  return rows;
}

// A cell that only begins with a quote ("3.5" disks) is no quoted one: its quote closes right before a tab, a break or the end.
function closes(text: string, from: number): boolean {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] !== '"') continue;
    if (text[i + 1] === '"') i++;
    else return i + 1 === text.length || /[\t\n\r]/.test(text[i + 1] ?? "");
  }
  return false;
}

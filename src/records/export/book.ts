import { styles, xml } from "./sheet.ts";

/** The parts of a workbook beside its sheets, by their place in the file (ECMA-376 parts 1 and 2). */
export function bookParts(sheets: readonly string[]): Record<string, string> {
  const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages = "http://schemas.openxmlformats.org/package/2006";
  const ms = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const each = (one: (name: string, n: number) => string): string => sheets.map((s, i) => one(s, i + 1)).join("");
  const xfs = ["", ` fontId="1" applyFont="1"`, ` numFmtId="14" applyNumberFormat="1"`, ` numFmtId="22" applyNumberFormat="1"`, ` numFmtId="4" applyNumberFormat="1"`]; // prettier-ignore
  if (xfs.length !== Object.keys(styles).length + 1) throw new TypeError("a style has no format");
  return {
    "xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((s, n) => `<sheet name="${xml(s).replaceAll('"', "&quot;")}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${head}<Relationships xmlns="${packages}/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${xfs.length}">${xfs.map((x) => `<xf xfId="0"${x}/>`).join("")}</cellXfs></styleSheet>`,
    "_rels/.rels": `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "[Content_Types].xml": `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${ms}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${ms}.styles+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${ms}.worksheet+xml"/>`)}</Types>`,
  };
}

// What no sheet's name may hold, and how long it may be.
const refused = /[\\/?*[\]:]/g;
/** "Contacts", "Contacts 2" */
export const sheetName = (label: string, n: number): string =>
  `${label.replace(refused, " ").replace(/^'|'$/g, "").slice(0, 25) || "Sheet"}${n > 1 ? ` ${n}` : ""}`;

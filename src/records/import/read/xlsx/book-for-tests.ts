import { crc32, deflateRawSync } from "node:zlib";

type Entry = { name: string; data: Buffer; deflate?: boolean; encrypted?: boolean };

/** A small zip archive: local headers, data, central directory. Source: PKWARE APPNOTE 6.3. */
export const zip = (entries: readonly Entry[]): Buffer => {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, data, deflate = false, encrypted = false } of entries) {
    const packed = deflate ? deflateRawSync(data) : data;
    // Encrypted data begins with a header of 12 bytes.
    const stored = encrypted ? Buffer.concat([Buffer.alloc(12), packed]) : packed;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(encrypted ? 1 : 0, 2);
    shared.writeUInt16LE(deflate ? 8 : 0, 4);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(stored.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, Buffer.from(name), stored]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), shared, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\x05\x06"), end]);
};

type Sheet = { name: string; rows: string };
type Book = {
  sheets: Sheet[];
  strings?: string[];
  formats?: { id: number; code: string }[];
  styles?: number[];
  since1904?: boolean;
  deflate?: boolean;
  more?: Entry[];
};

const main =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A workbook as Excel writes it, from the XML of its rows; `styles` are the number formats of styles 0, 1, … */
export const workbook = ({
  sheets,
  strings = [],
  formats = [],
  styles = [0],
  since1904 = false,
  deflate = true,
  more = [],
}: Book): Buffer => {
  const parts: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<workbook ${main}><workbookPr date1904="${since1904 ? 1 : 0}"/><sheets>${sheets.map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${kind}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join("")}<Relationship Id="rId90" Type="${kind}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId91" Type="${kind}/styles" Target="/xl/styles.xml"/></Relationships>`,
    "xl/sharedStrings.xml": `<?xml version="1.0" encoding="UTF-8"?><sst ${main}>${strings.map((text) => `<si>${text}</si>`).join("")}</sst>`,
    "xl/styles.xml": `<styleSheet ${main}><numFmts>${formats.map(({ id, code }) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`).join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`,
  };
  sheets.forEach(({ rows }, at) => {
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `<?xml version="1.0"?><worksheet ${main}><dimension ref="A1"/><sheetData>${rows}</sheetData></worksheet>`;
  });
  return zip([...Object.entries(parts).map(([name, text]) => ({ name, data: Buffer.from(text), deflate })), ...more]);
};

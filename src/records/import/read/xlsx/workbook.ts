import { cut, storable } from "../../../values.ts";
import { TableRefused } from "../refused.ts";
import type { Book } from "./book.ts";
import { readXmlWhole } from "./xml.ts";

export type Workbook = {
  sheets: { name: string; part: string }[];
  sharedStrings: string;
  styles: string;
  /** Whether days are counted from 1904, as old Macs did. */
  since1904: boolean;
};

/** What a book holds and in which parts. Refuses "corrupt" and a book without sheets. */
export const readWorkbook = async (book: Book): Promise<Workbook> => {
  const targets = await readTargets(book);
  const sheets: { name: string; part: string }[] = [];
  let since1904 = false;
  await readXmlWhole(book.read("xl/workbook.xml"), {
    open: (name, attributes) => {
      if (name === "workbookPr") since1904 = ["1", "true"].includes(attributes["date1904"] ?? "");
      if (name !== "sheet") return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      const part = targets.get(id)?.part;
      // Charts are sheets too, but hold no rows.
      if (part && !part.includes("chartsheets/"))
        sheets.push({
          name: cut(storable(attributes["name"] ?? `Sheet ${sheets.length + 1}`), 200),
          part,
        });
    },
  });
  if (sheets.length === 0) throw new TableRefused("no-sheet", "The workbook has no sheet with rows.");
  const partOf = (kind: string, usual: string): string =>
    [...targets.values()].find(({ type }) => type.endsWith(`/${kind}`))?.part ?? usual;
  return {
    sheets,
    since1904,
    sharedStrings: partOf("sharedStrings", "xl/sharedStrings.xml"),
    styles: partOf("styles", "xl/styles.xml"),
  };
};

const readTargets = async (book: Book): Promise<Map<string, { part: string; type: string }>> => {
  const targets = new Map<string, { part: string; type: string }>();
  const part = "xl/_rels/workbook.xml.rels";
  if (!book.has(part))
    throw new TableRefused(
      "corrupt",
      "The workbook does not say where its sheets are. Save it again in a spreadsheet and retry.",
    );
  await readXmlWhole(book.read(part), {
    open: (name, attributes) => {
      if (name !== "Relationship") return;
      const target = attributes["Target"] ?? "";
      targets.set(attributes["Id"] ?? "", {
        part: target.startsWith("/") ? target.slice(1) : `xl/${target}`,
        type: attributes["Type"] ?? "",
      });
    },
  });
  return targets;
};

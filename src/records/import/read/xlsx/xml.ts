import { SaxesParser } from "saxes";
import { TableRefused } from "../refused.ts";

type Attributes = Readonly<Record<string, string>>;

export type XmlListener = {
  open?: (name: string, attributes: Attributes) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

// Longest run of bytes between two tags; Excel cells hold at most 32,767 characters.
const MAX_QUIET = 4_000_000;

/**
 * Feeds XML to a listener, giving control back after each chunk. Names come without their namespace prefix.
 * Entities a document defines itself are not known to saxes, so they cannot be made to explode.
 */
export const readXml = async function* (source: AsyncIterable<Buffer>, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder();
  let quiet = 0;
  parser.on("opentag", ({ name, attributes }) => {
    quiet = 0;
    listener.open?.(localName(name), attributes as Attributes);
  });
  parser.on("closetag", ({ name }) => {
    quiet = 0;
    listener.close?.(localName(name));
  });
  parser.on("text", (text) => listener.text?.(text));
  parser.on("cdata", (text) => listener.text?.(text));
  parser.on("doctype", () => {
    throw broken();
  });
  parser.on("error", () => {
    throw broken();
  });
  for await (const bytes of source) {
    quiet += bytes.length;
    parser.write(decoder.decode(bytes, { stream: true }));
    if (quiet > MAX_QUIET) throw broken();
    yield;
  }
  parser.close();
  yield;
};

/** Reads a small part to its end. */
export const readXmlWhole = async (source: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> => {
  for await (const _ of readXml(source, listener));
};

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

const broken = (): TableRefused =>
  new TableRefused("corrupt", "The workbook is damaged inside. Open it in a spreadsheet, save it again and retry.");

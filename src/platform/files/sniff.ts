/*
 * Words we use
 *   sniffed   the type of a file as its first bytes say it, whatever its name or its sender claims
 */
const starts: readonly (readonly [type: string, magic: string, at?: number])[] = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF87a"],
  ["image/gif", "GIF89a"],
  ["image/webp", "WEBP", 8],
  ["application/pdf", "%PDF-"],
  ["application/zip", "PK\x03\x04"],
  ["application/zip", "PK\x05\x06"],
  ["application/gzip", "\x1f\x8b"],
  ["application/x-7z-compressed", "7z\xbc\xaf\x27\x1c"],
  ["audio/mpeg", "ID3"],
  ["video/mp4", "ftyp", 4],
  ["application/x-ole-storage", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
  ["application/x-msdownload", "MZ"],
  ["application/x-elf", "\x7fELF"],
  ["application/x-mach-binary", "\xcf\xfa\xed\xfe"],
  ["application/x-mach-binary", "\xca\xfe\xba\xbe"],
  ["text/x-shellscript", "#!"],
];

const office: Readonly<Record<string, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};
const words: Readonly<Record<string, string>> = { csv: "text/csv", md: "text/markdown", json: "application/json", html: "text/html", htm: "text/html", svg: "image/svg+xml", xml: "application/xml" }; // prettier-ignore

const endingOf = (name: string): string => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? "";

/** The type of a file by its first bytes (at least 512 when it has them); its name only tells kinds of text and of zip apart. */
export function sniff(head: Buffer, name: string): string {
  const bytes = head.toString("latin1");
  const found = starts.find(([, magic, at = 0]) => bytes.startsWith(magic, at))?.[0];
  if (found === "application/zip") return office[endingOf(name)] ?? found;
  if (found) return found;
  if (/^\s*<(?:!doctype html|html|script|body)/i.test(bytes)) return "text/html";
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<svg/i.test(bytes)) return "image/svg+xml";
  // The end of the sample may be half a letter.
  const isText = !head.includes(0) && !head.subarray(0, -3).toString("utf8").includes("\ufffd");
  return isText ? (words[endingOf(name)] ?? "text/plain") : "application/octet-stream";
}

const programs = new Set(["application/x-msdownload", "application/x-elf", "application/x-mach-binary", "text/x-shellscript"]); // prettier-ignore
const programEndings = new Set("exe com scr bat cmd msi ps1 vbs vbe js jse wsf hta lnk jar apk app dmg pif cpl reg dll sh".split(" ")); // prettier-ignore

/** Whether opening it runs it: by its bytes or by its name. */
export const isDangerous = (type: string, name: string): boolean =>
  programs.has(type) || programEndings.has(endingOf(name));

const shown = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"]);

/** Whether a browser may show it in place: pictures without scripts, and PDF; everything else is a download. */
export const shownInline = (type: string): boolean => shown.has(type);

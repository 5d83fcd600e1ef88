import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { Refused } from "#kernel/refusal";

// A row with a long text in every field stays below; a file that never ends a line is none of ours.
const lineChars = 32 * 1024 * 1024;

export const broken = (why: string): Refused => new Refused("invalid", "workspace-file.broken", why);

/** A line of the file, with the hash of all before it. */
export interface Line {
  text: string;
  hashBefore: () => string;
}

/** The lines of a gzipped file in constant memory; refused in words when it is none or was cut off. */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  const file = createReadStream(path);
  const unzip = createGunzip();
  file.on("error", (error) => unzip.destroy(error));
  file.pipe(unzip);
  const hash = createHash("sha256");
  const decoder = new StringDecoder("utf8");
  let rest = "";
  try {
    for await (const chunk of unzip) {
      const text = rest + decoder.write(chunk as Buffer);
      let from = 0;
      for (let end = text.indexOf("\n", from); end >= 0; end = text.indexOf("\n", from)) {
        const line = text.slice(from, end);
        yield { text: line, hashBefore: () => hash.copy().digest("hex") };
        hash.update(`${line}\n`);
        from = end + 1;
      }
      rest = text.slice(from);
      if (rest.length > lineChars) throw broken("A line of the file never ends: this is no export of a workspace.");
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))
      throw broken("The file is no export of a workspace, or was cut off.");
    throw error;
  } finally {
    unzip.destroy();
    file.destroy();
  }
  if (rest) throw broken("The file was cut off.");
}

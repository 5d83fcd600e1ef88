import { sendFile, type SendingFile } from "../kit/send-file.ts";
import type { Import, Look } from "./told.ts";
import { bytesWords } from "../kit/format.ts";

export type Sending = SendingFile<Look & Pick<Import, "id">>;

// A server that refuses a file ends the connection while the browser still sends, and the browser then hides why.
const large = 1_000_000_000; // bytes

/** Sends a file, telling the share sent (0..1); the answer is how the file seems to be written. Refused with the server's words. */
export const upload = (file: File, object: string, onShare: (share: number) => void): Sending =>
  sendFile(
    "/imports",
    file,
    { object },
    onShare,
    file.size > large
      ? `The server ended the upload. ${file.name} has ${bytesWords(file.size)}, which is probably more than it takes: split the file, or compress it with gzip.`
      : "The connection to the server was lost while the file was sent. Try again in a moment.",
  );

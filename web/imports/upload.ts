import { problemOf } from "../kit/problem.ts";
import type { Import, Look } from "./told.ts";
import { bytesWords } from "./words.ts";

export interface Sending {
  answer: Promise<Look & Pick<Import, "id">>;
  cancel: () => void;
}

// A server that refuses a file ends the connection while the browser still sends, and the browser then hides why.
const large = 1_000_000_000; // bytes

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Sends a file, telling the share sent (0..1); the answer is how the file seems to be written. Refused with the server's words. */
export function upload(file: File, object: string, onShare: (share: number) => void): Sending {
  const form = new FormData();
  form.append("object", object);
  form.append("file", file, file.name);
  // fetch tells nothing about what has been sent.
  const sending = new XMLHttpRequest();
  const answer = new Promise<Look & Pick<Import, "id">>((resolve, reject) => {
    const broken = (): void => {
      const detail =
        file.size > large
          ? `The server ended the upload. ${file.name} has ${bytesWords(file.size)}, which is probably more than it takes: split the file, or compress it with gzip.`
          : "The connection to the server was lost while the file was sent. Try again in a moment.";
      reject(problemOf(0, { detail }));
    };
    sending.upload.onprogress = (event) => event.lengthComputable && onShare(event.loaded / event.total);
    sending.onerror = broken;
    sending.onabort = () => reject(problemOf(0, { code: "cancelled", detail: "The upload was cancelled." }));
    sending.onload = () => {
      const body = parsed(sending.responseText);
      if (sending.status >= 200 && sending.status < 300) resolve(body as Look & Pick<Import, "id">);
      else reject(problemOf(sending.status, body));
    };
    sending.open("POST", "/api/v1/imports");
    sending.setRequestHeader("X-Rondo", "1");
    sending.setRequestHeader("Accept", "application/json");
    sending.send(form);
  });
  return { answer, cancel: () => sending.abort() };
}

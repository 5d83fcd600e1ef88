import { problemOf } from "./problem.ts";

export interface SendingFile<T> {
  answer: Promise<T>;
  cancel: () => void;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Sends a file with its fields before it to a path under /api/v1, telling the share sent (0..1); refused with the server's words, or
 * with `broken`, when the connection ends.
 */
export function sendFile<T>(
  path: string,
  file: File,
  fields: Readonly<Record<string, string>>,
  onShare: (share: number) => void,
  broken: string,
): SendingFile<T> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file, file.name);
  // fetch tells nothing about what has been sent.
  const sending = new XMLHttpRequest();
  const answer = new Promise<T>((resolve, reject) => {
    sending.upload.onprogress = (event) => event.lengthComputable && onShare(event.loaded / event.total);
    sending.onerror = () => reject(problemOf(0, { detail: broken }));
    sending.onabort = () => reject(problemOf(0, { code: "cancelled", detail: "The upload was cancelled." }));
    sending.onload = () => {
      const body = parsed(sending.responseText);
      if (sending.status >= 200 && sending.status < 300) resolve(body as T);
      else reject(problemOf(sending.status, body));
    };
    sending.open("POST", `/api/v1${path}`);
    sending.setRequestHeader("X-Rondo", "1");
    sending.setRequestHeader("Accept", "application/json");
    sending.send(form);
  });
  return { answer, cancel: () => sending.abort() };
}

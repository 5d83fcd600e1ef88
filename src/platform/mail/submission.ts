/*
 * Words we use
 *   submission   what became of handing one mail to the server
 *   hard         this address takes no mail, now or later
 *   soft         not now: try again later
 *   policy       the server refuses us, not the address: the sender has something to put right
 *   unknown      the mail was on its way when the line broke; the server may have taken it
 */
export type Submission =
  | { outcome: "accepted"; by: "smtp" | "outbox"; path?: string }
  | { outcome: "rejected"; how: "hard" | "soft" | "policy"; reason: string }
  | { outcome: "unknown"; reason: string };

/** What a failed step of the dialogue says of itself. */
export interface SmtpFailure {
  responseCode?: number | undefined;
  response?: string | undefined;
  command?: string | undefined;
  code?: string | undefined;
  message: string;
}

const cut = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, 500);

/**
 * What a failure means. RFC 3463: 5.1.x speaks of the address, x.7.x of policy, 4.x.x of now. `begun`: the mail's own lines had begun
 * to go out, so a broken line leaves it open whether the server took the mail.
 */
export function submissionOf(failure: SmtpFailure, begun: boolean): Submission {
  const reason = cut(failure.response ?? failure.message);
  const code = failure.responseCode;
  if (code === undefined || code < 400)
    return begun
      ? { outcome: "unknown", reason }
      : { outcome: "rejected", how: failure.code === "EAUTH" ? "policy" : "soft", reason };
  const [, kind = "", subject = ""] = /\b([45])\.(\d{1,3})\.\d{1,3}\b/.exec(failure.response ?? "") ?? [];
  const how = (): "hard" | "soft" | "policy" => {
    if (failure.code === "EAUTH" || code === 530 || code === 535) return "policy";
    if (subject === "7") return "policy";
    if (code < 500 || kind === "4") return "soft";
    // A refused sender is not the recipient's fault.
    if (failure.command === "MAIL FROM" || failure.command === "API") return "policy";
    if (subject === "1" || (subject === "" && failure.command === "RCPT TO" && code !== 552)) return "hard";
    // A full mailbox (5.2.2), a mail too large (5.3.4) or a content filter (5.6.x): not this mail, but perhaps the next.
    return subject === "2" || subject === "" || subject === "3" || subject === "6" ? "soft" : "policy";
  };
  return { outcome: "rejected", how: how(), reason };
}

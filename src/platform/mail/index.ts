export { createMail, type Mail, type Message, type Delivery } from "./mail.ts";
export { isAddress } from "./message.ts";
export { escapeHtml, letter, type Letter } from "./letter.ts";
export type { Submission } from "./submission.ts";

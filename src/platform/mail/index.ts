export { createMail, type Mail, type Message, type Delivery } from "./mail.ts";
export { escapeHtml, letter, type Letter } from "./letter.ts";

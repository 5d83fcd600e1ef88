export { html, trusted, type Html } from "./html.ts";
export { pageUrl, seal, unseal, workspaceKey } from "./link.ts";
export { valueOf, type Ask, type PageAnswer, type PublicPage } from "./ask.ts";
export { mountPages } from "./mount.ts";
export { frame } from "./page.ts";

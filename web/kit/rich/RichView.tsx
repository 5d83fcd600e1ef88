import { createElement, Fragment, useMemo, type ReactNode } from "react";
import { boot } from "../boot.ts";
import "./view.css";

const shown = new Set(["P", "BR", "STRONG", "EM", "U", "S", "CODE", "PRE", "BLOCKQUOTE", "UL", "OL", "LI", "H3"]);

/** What is drawn of a node: the tags we know, links that lead out of the house, and mentions; of everything else only its text. */
function drawn(node: Node, key: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof HTMLElement)) return null;
  const inside = [...node.childNodes].map(drawn);
  if (node.dataset["type"] === "mention") {
    const mine = node.dataset["id"] === boot().me?.id;
    return <span key={key} className="mention" data-mine={mine || undefined}>{inside}</span>; // prettier-ignore
  }
  const href = node.getAttribute("href") ?? "";
  if (node.tagName === "A" && /^(?:https?|mailto|tel):/i.test(href))
    return <a key={key} className="link" href={href} target="_blank" rel="noopener noreferrer nofollow">{inside}</a>; // prettier-ignore
  if (node.tagName === "BR") return <br key={key} />;
  return shown.has(node.tagName)
    ? createElement(node.tagName.toLowerCase(), { key }, ...inside)
    : createElement(Fragment, { key }, ...inside);
}

/** Rich text as the server keeps it. It is drawn element by element, never set as HTML: a second lock after the server's. */
export const RichView = ({ html }: { html: string }) => {
  const parts = useMemo(
    () => [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map(drawn),
    [html],
  );
  return (
    <div className="rich" dir="auto">
      {parts}
    </div>
  );
};

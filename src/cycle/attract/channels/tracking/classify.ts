/*
 * Words we use
 *   hit     a request for the picture (open) or a link (click) of a mail
 *   class   who it was, as far as can be told: a person, a machine (a mail gateway that tries all links, a picture proxy), or unsure
 *
 * Mail gateways follow every link with the name of an ordinary browser, so the name alone decides little; what they do gives them away.
 */
export interface Hit {
  id: string;
  kind: "open" | "click";
  link_id: string | null;
  trap: boolean;
  at: Date;
  method: string;
  user_agent: string;
  network: string;
}

export type HitClass = "human" | "machine" | "unsure";
export interface HitVerdict {
  class: HitClass;
  reasons: string[];
}

// Nobody reads and clicks this fast, in milliseconds after the server took the mail.
const tooSoonMs = 3_000;
// So many different links in so short a time.
const burst = { links: 3, ms: 2_000 };
// A machine that fell into the trap did what it did around that moment.
const aroundTrapMs = 10_000;

const machines =
  /bot\b|crawl|spider|scan|preview|headless|phantom|curl|wget|python|libwww|java\/|okhttp|go-http|axios|node-fetch|proofpoint|mimecast|barracuda|safelinks|fireeye|symantec|microsoft office|ms-office|slack|whatsapp|facebookexternalhit/i;
const pictureProxies = /googleimageproxy|yahoomailproxy|outlook-ios|ymproxy/i;

const apart = (a: Date, b: Date): number => Math.abs(a.getTime() - b.getTime());

/** Judges all hits of one mail together. `sentAt`: when the server took it. Pure: the same hits give the same verdicts at any time. */
export function classifyHits(hits: readonly Hit[], sentAt: Date): Map<string, HitVerdict> {
  const clicks = hits.filter((h) => h.kind === "click" && !h.trap);
  const traps = hits.filter((h) => h.trap);
  const swept = (hit: Hit): boolean => hit.kind === "click" && new Set(clicks.filter((c) => apart(c.at, hit.at) <= burst.ms && c.network === hit.network).map((c) => c.link_id)).size >= burst.links;
  return new Map(hits.map((hit) => [hit.id, verdictOf(hit, sentAt, swept(hit), traps)] as const));
} // prettier-ignore

function verdictOf(hit: Hit, sentAt: Date, swept: boolean, traps: readonly Hit[]): HitVerdict {
  const reasons: string[] = [];
  if (hit.trap) reasons.push("followed a link that nobody sees");
  if (hit.method === "HEAD") reasons.push("asked for the header only");
  if (hit.user_agent === "") reasons.push("gave no name");
  if (hit.user_agent === "Mozilla/5.0") reasons.push("Apple Mail loads pictures unread");
  if (machines.test(hit.user_agent)) reasons.push("calls itself a machine");
  if (hit.at.getTime() - sentAt.getTime() < tooSoonMs) reasons.push("came within 3 s of delivery");
  if (swept) reasons.push("followed three links within 2 s");
  if (!hit.trap && traps.some((t) => apart(t.at, hit.at) <= aroundTrapMs || t.network === hit.network))
    reasons.push("did so beside a link that nobody sees");
  if (reasons.length > 0) return { class: "machine", reasons };
  if (hit.kind === "open" && pictureProxies.test(hit.user_agent))
    return { class: "unsure", reasons: ["a proxy loaded the picture"] };
  return { class: "human", reasons: [] };
}

/*
 * Words we use
 *   step    an arc of the ring: customers who stand there
 *   link    the way from a step to the next one round, between two arcs
 */
export interface Size {
  width: number;
  height: number;
}
export interface Box {
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}
export interface Arc {
  path: string;
  /** Thickness of the arc, px. */
  weight: number;
  label: Box;
}
export interface Drawn {
  cx: number;
  cy: number;
  radius: number;
  arcs: readonly Arc[];
  /** Where the label of the link from step i to the next stands; empty when the ring is too small for them inside. */
  links: readonly { label: Box; dot: { x: number; y: number } }[];
  /** The room in the middle for words, px. */
  inner: number;
}

// All in px. The label's two lines are 40 high; 90 wide is the longest step name we ship at 12 px.
const [thin, thick] = [12, 34];
const labelRoom = { x: 112, y: 76 };
// Narrow: only the figure stands at the arc, the names in the list below.
const narrowRoom = { x: 64, y: 40 };
export const narrow = 520;
export const lineHeight = 15;
const linkRoom = 62; // a link's two lines and the gap to the arc, towards the middle
export const smallest = 150; // below this radius the links are told in a list instead

const at = (cx: number, cy: number, radius: number, angle: number): { x: number; y: number } => ({
  x: cx + radius * Math.cos(angle),
  y: cy + radius * Math.sin(angle),
});
const round = (n: number): number => Math.round(n * 10) / 10;

const anchorAt = (angle: number): Box["anchor"] =>
  Math.abs(Math.cos(angle)) < 0.2 ? "middle" : Math.cos(angle) > 0 ? "start" : "end";

/** Thickness of an arc by its share of the largest count: by area, so that ten times the people do not look like a hundred times. */
export const weightOf = (count: number, most: number): number =>
  most <= 0 ? thin : thin + (thick - thin) * Math.sqrt(Math.max(0, count) / most);

/** Where everything of a ring stands: the first step at the top, then clockwise, for 3 to 8 steps at any width from 300 px. */
export function ringOf(counts: readonly number[], { width, height }: Size, lines: readonly number[] = []): Drawn {
  const room = width < narrow ? narrowRoom : labelRoom;
  const [cx, cy] = [width / 2, height / 2];
  const radius = Math.max(56, Math.min(cx - room.x - thick / 2, cy - room.y - thick / 2, 210));
  const most = Math.max(...counts, 0);
  const slice = (2 * Math.PI) / counts.length;
  const links = radius >= smallest;
  const arcs = counts.map((count, i): Arc => {
    const middle = -Math.PI / 2 + i * slice;
    const weight = Math.min(weightOf(count, most), radius * 0.22);
    // Round ends reach half the thickness beyond the arc; 10 px stay free between neighbours.
    const half = Math.max(0.04, slice / 2 - (weight / 2 + 5) / radius);
    const [from, to] = [at(cx, cy, radius, middle - half), at(cx, cy, radius, middle + half)];
    const path = `M${round(from.x)} ${round(from.y)}A${round(radius)} ${round(radius)} 0 ${half > Math.PI / 2 ? 1 : 0} 1 ${round(to.x)} ${round(to.y)}`;
    return { path, weight, label: outside(cx, cy, radius + weight / 2, middle, width < narrow ? 0 : (lines[i] ?? 1)) };
  });
  const ways = counts.map((_, i) => {
    const angle = -Math.PI / 2 + (i + 0.5) * slice;
    const label = at(cx, cy, radius - thick / 2 - 30, angle);
    return {
      label: { x: round(label.x), y: round(label.y), anchor: "middle" as const },
      dot: at(cx, cy, radius, angle),
    };
  });
  return {
    cx,
    cy,
    radius,
    arcs,
    links: links ? ways : [],
    inner: links ? radius - linkRoom - 20 : radius - thick / 2 - 8,
  };
}

// The label's first line sits at y, its second 18 px below; it is shifted so that its box starts where the arc's air ends.
function outside(cx: number, cy: number, edge: number, angle: number, lines: number): Box {
  const point = at(cx, cy, edge + 14, angle);
  const anchor = anchorAt(angle);
  const up = Math.sin(angle);
  if (lines === 0) return { x: round(point.x), y: round(point.y + 6 + (anchor === "middle" ? up * 4 : 0)), anchor };
  const shift = anchor === "middle" ? (up < 0 ? -22 : 16) : up < -0.2 ? -12 : up > 0.2 ? 10 : 0;
  // A name of two lines grows away from the ring.
  const grown = up < 0.2 ? (lines - 1) * lineHeight * (anchor === "middle" ? 1 : 0.6) : 0;
  return { x: round(point.x), y: round(point.y + shift - grown), anchor };
}

/** A step's name in at most two lines of about `most` letters; what is longer ends with "…". */
export function linesOf(name: string, most: number): string[] {
  const lines = [""];
  for (const word of name.split(/\s+/)) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  const two = lines.length > 2 ? [lines[0] ?? "", `${lines[1]} …`] : lines;
  return two.map((line) => (line.length > most + 4 ? `${line.slice(0, most + 3)}…` : line));
}

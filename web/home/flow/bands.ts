/*
 * Words we use
 *   band   everybody who went from one stage to another, drawn as broad as they are many
 *   post   a stage at the start or the end of the period: where bands leave from and arrive
 */
export interface Way {
  stood: string;
  stands: string;
  count: number;
}
export interface Post {
  stage: string;
  count: number;
  /** Top and height of its bar, px. */
  y: number;
  height: number;
}
export interface Band {
  way: Way;
  path: string;
  /** Breadth in px; thin ones are drawn a little broader than they are many, so that they can be seen. */
  breadth: number;
}
export interface Drawing {
  height: number;
  left: readonly Post[];
  right: readonly Post[];
  bands: readonly Band[];
}

// All in px: the bars of all customers together, the room a label needs, the air between two posts.
const full = 440;
const slot = 20;
const air = 10;
const thinnest = 1.5;

const round = (n: number): number => Math.round(n * 10) / 10;

function postsOf(ways: readonly Way[], side: "stood" | "stands", order: readonly string[], scale: number): Post[] {
  let y = 0;
  return order.flatMap((stage) => {
    const count = ways.reduce((sum, way) => sum + (way[side] === stage ? way.count : 0), 0);
    if (count === 0) return [];
    const height = Math.max(2, count * scale);
    const post = { stage, count, y: y + Math.max(0, slot - height) / 2, height };
    y += Math.max(slot, height) + air;
    return [post];
  });
}

const bottomOf = (posts: readonly Post[]): number => posts.reduce((low, post) => Math.max(low, post.y + Math.max(post.height, slot)), 0); // prettier-ignore

/** Where everything of a flow stands: posts in the order of `order`, bands between x = from and x = to that never cross at a post. */
export function drawingOf(ways: readonly Way[], order: readonly string[], x: { from: number; to: number }): Drawing {
  const total = ways.reduce((sum, way) => sum + way.count, 0);
  if (total === 0) return { height: 0, left: [], right: [], bands: [] };
  const scale = full / total;
  const [left, right] = [postsOf(ways, "stood", order, scale), postsOf(ways, "stands", order, scale)];
  const used = { left: new Map<string, number>(), right: new Map<string, number>() };
  const place = (posts: readonly Post[], taken: Map<string, number>, stage: string, breadth: number): number => {
    const post = posts.find((one) => one.stage === stage)!;
    const before = taken.get(stage) ?? 0;
    taken.set(stage, before + breadth);
    return post.y + before + breadth / 2;
  };
  const rank = (stage: string): number => order.indexOf(stage);
  const sorted = ways.filter((way) => way.count > 0).toSorted((a, b) => rank(a.stood) - rank(b.stood) || rank(a.stands) - rank(b.stands)); // prettier-ignore
  const middle = (x.from + x.to) / 2;
  const bands = sorted.map((way): Band => {
    const breadth = way.count * scale;
    const [y0, y1] = [place(left, used.left, way.stood, breadth), place(right, used.right, way.stands, breadth)];
    const path = `M${round(x.from)} ${round(y0)}C${round(middle)} ${round(y0)} ${round(middle)} ${round(y1)} ${round(x.to)} ${round(y1)}`;
    return { way, path, breadth: round(Math.max(thinnest, breadth)) };
  });
  return { height: Math.ceil(Math.max(bottomOf(left), bottomOf(right))), left, right, bands };
}

import { useEffect, useState, type KeyboardEvent } from "react";
import { useLingui } from "@lingui/react";
import { count } from "../../kit/format.ts";
import { drawingOf, type Post } from "./bands.ts";
import { postOrder, postWord, type FlowWay } from "./told.ts";

// Room for the longest stage and its number on either side, and the breadth of a post, px.
const margin = 150;
const bar = 8;

const press = (run: () => void) => ({
  tabIndex: 0,
  role: "link",
  onClick: run,
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    run();
  },
});

const Posts = ({ posts, x, side }: { posts: readonly Post[]; x: number; side: "start" | "end" }) =>
  posts.map((post) => {
    const { label, tone } = postWord(post.stage);
    const at = side === "end" ? x - 8 : x + bar + 8;
    return (
      <g key={post.stage} data-tone={tone}>
        <rect className="flow-post" x={x} y={post.y} width={bar} height={post.height} rx={2} />
        <text x={at} y={post.y + post.height / 2 + 4} textAnchor={side}>
          <tspan className="flow-count">{count(post.count)}</tspan> <tspan className="flow-name">{label}</tspan>
        </text>
      </g>
    );
  });

/** The flow as a picture: where everybody stood on the left, where they stand on the right; a band leads to the people in it. */
export const Sankey = ({ ways, onWay }: { ways: readonly FlowWay[]; onWay: (way: FlowWay) => void }) => {
  const { _ } = useLingui();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(900);
  useEffect(() => {
    if (!element) return;
    const watcher = new ResizeObserver(([entry]) => entry && setWidth(Math.max(480, Math.round(entry.contentRect.width)))); // prettier-ignore
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [element]);
  const x = { from: margin + bar, to: width - margin - bar };
  const { height, left, right, bands } = drawingOf(ways, postOrder(), x);
  const wordsOf = (way: FlowWay): string =>
    way.stood === way.stands
      ? _("{n} stayed in {to}", { n: count(way.count), to: postWord(way.stands).label })
      : _("{n} from {from} to {to}", { n: count(way.count), from: postWord(way.stood).label, to: postWord(way.stands).label });
  return (
    <div className="flow-picture" ref={setElement}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={_("The flow as a picture")}>
        {bands.map(({ way, path, breadth }) => {
          const whole = ways.find((one) => one.stood === way.stood && one.stands === way.stands)!;
          return (
            <g key={`${way.stood}>${way.stands}`} className="flow-band" data-tone={way.stood === way.stands ? "neutral" : postWord(way.stands).tone} data-stayed={way.stood === way.stands || undefined} aria-label={wordsOf(whole)} {...press(() => onWay(whole))}>
              <title>{wordsOf(whole)}</title>
              <path d={path} className="flow-reach" />
              <path d={path} className="flow-ink" strokeWidth={breadth} />
            </g>
          );
        })}
        <Posts posts={left} x={margin} side="end" />
        <Posts posts={right} x={width - margin - bar} side="start" />
      </svg>
    </div>
  );
}; // prettier-ignore

/**
 * The point near `start` at which `f` is least, by Nelder and Mead's simplex (1965), begun anew once at what it found; at most `steps`
 * looks. Deterministic; good for a handful of parameters without a gradient.
 */
export function minimum(f: (x: readonly number[]) => number, start: readonly number[], steps = 1200): { x: number[]; value: number } {
  const first = simplexFrom(f, start, 0.5, steps);
  return simplexFrom(f, first.x, 0.1, steps);
} // prettier-ignore

function simplexFrom(f: (x: readonly number[]) => number, start: readonly number[], size: number, steps: number) {
  const n = start.length;
  const look = (x: number[]) => ({ x, value: f(x) });
  let corners = [look([...start]), ...start.map((_, i) => look(start.map((v, k) => (k === i ? v + size : v))))];
  for (let looks = n + 1; looks < steps; looks += 2) {
    corners = corners.toSorted((a, b) => a.value - b.value);
    const [best, worst, next] = [corners[0]!, corners[n]!, corners[n - 1]!];
    if (Math.abs(worst.value - best.value) <= 1e-9 * (Math.abs(best.value) + 1e-10)) break;
    const middle = start.map((_, i) => corners.slice(0, n).reduce((sum, c) => sum + c.x[i]!, 0) / n);
    const along = (by: number) => look(middle.map((m, i) => m + by * (worst.x[i]! - m)));
    const mirrored = along(-1);
    if (mirrored.value < best.value) {
      const further = along(-2);
      corners[n] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < next.value) corners[n] = mirrored;
    else {
      const nearer = along(mirrored.value < worst.value ? -0.5 : 0.5);
      if (nearer.value < Math.min(mirrored.value, worst.value)) corners[n] = nearer;
      else corners = corners.map((c) => (c === best ? c : look(c.x.map((v, i) => best.x[i]! + 0.5 * (v - best.x[i]!)))));
    }
  }
  const [best] = corners.toSorted((a, b) => a.value - b.value);
  return best!;
} // prettier-ignore

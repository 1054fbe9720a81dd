/** Lengths of the axes, outermost first; a number has none. */
export type Shape = readonly number[];

/** Number of elements. */
export const size = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/** True for equal shapes. */
export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

/** Row-major strides, in elements. */
export function strides(shape: Shape): number[] {
  const out = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--) out[d] = out[d + 1] * shape[d + 1];
  return out;
}

/** NumPy's broadcasting of two shapes, or undefined where they do not fit. */
export function broadcastShapes(a: Shape, b: Shape): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const out: number[] = [];
  for (let d = 0; d < rank; d++) {
    const m = a[d - rank + a.length] ?? 1;
    const n = b[d - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1) return undefined;
    out.push(m === 1 ? n : m);
  }
  return out;
}

/** Strides of `shape` seen as `target`: 0 along every broadcast axis. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const own = strides(shape);
  const offset = target.length - shape.length;
  return target.map((_, d) => (d < offset || shape[d - offset] === 1 ? 0 : own[d - offset]));
}

/** Axis counted from the end when negative; `undefined` where it is out of range. */
export function normalizeAxis(axis: number, rank: number): number | undefined {
  const d = axis < 0 ? axis + rank : axis;
  return Number.isInteger(d) && d >= 0 && d < rank ? d : undefined;
}

/** A shape as people write it: `[32, 4]`. */
export const formatShape = (shape: Shape): string => `[${shape.join(', ')}]`;

/** [0, 1, …, n − 1]. */
export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Calls `visit(flat, coords)` for every position in row-major order; `coords` is reused between calls. */
export function forEachCoord(shape: Shape, visit: (flat: number, coords: readonly number[]) => void): void {
  const coords = shape.map(() => 0);
  const total = size(shape);
  for (let flat = 0; flat < total; flat++) {
    visit(flat, coords);
    for (let d = shape.length - 1; d >= 0 && ++coords[d] === shape[d]; d--) coords[d] = 0;
  }
}

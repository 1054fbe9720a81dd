/** What correlation, explained variance and mean squared error of pairs (x, y) are computed of. */
export interface Moments {
  readonly count: number;
  readonly meanX: number;
  readonly meanY: number;
  /** Σ (x − x̄)². */
  readonly xx: number;
  /** Σ (y − ȳ)². */
  readonly yy: number;
  /** Σ (x − x̄)·(y − ȳ). */
  readonly xy: number;
  /** Σ (x − y)². */
  readonly residual: number;
}

/** Of no pairs. */
export const noMoments: Moments = { count: 0, meanX: 0, meanY: 0, xx: 0, yy: 0, xy: 0, residual: 0 };

/** Pairs that are summed naively before the sums are joined: few, so that a long sum rounds little. */
const blockSize = 1024;

/** Of all pairs. */
export function momentsOf(x: ArrayLike<number>, y: ArrayLike<number>): Moments {
  let moments = noMoments;
  for (let start = 0; start < x.length; start += blockSize)
    moments = join(moments, ofBlock(x, y, start, Math.min(start + blockSize, x.length)));
  return moments;
}

/**
 * Of both together (Chan, Golub & LeVeque 1983, eq. 2.1): only differences of means are squared, so that nothing is
 * lost however far the values lie from 0.
 */
export function join(a: Moments, b: Moments): Moments {
  if (a.count === 0) return b;
  const count = a.count + b.count;
  const [dx, dy] = [b.meanX - a.meanX, b.meanY - a.meanY];
  const share = b.count / count;
  return {
    count,
    meanX: a.meanX + dx * share,
    meanY: a.meanY + dy * share,
    xx: a.xx + b.xx + dx * dx * a.count * share,
    yy: a.yy + b.yy + dy * dy * a.count * share,
    xy: a.xy + b.xy + dx * dy * a.count * share,
    residual: a.residual + b.residual,
  };
}

/** In two passes. Means are taken of differences from the first value, so that a constant has exactly no spread. */
function ofBlock(x: ArrayLike<number>, y: ArrayLike<number>, start: number, end: number): Moments {
  const count = end - start;
  let [meanX, meanY, xx, yy, xy, residual] = [0, 0, 0, 0, 0, 0];
  for (let i = start; i < end; i++) {
    meanX += (x[i] - x[start]) / count;
    meanY += (y[i] - y[start]) / count;
  }
  meanX += x[start];
  meanY += y[start];
  for (let i = start; i < end; i++) {
    const [dx, dy, difference] = [x[i] - meanX, y[i] - meanY, x[i] - y[i]];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
    residual += difference * difference;
  }
  return { count, meanX, meanY, xx, yy, xy, residual };
}

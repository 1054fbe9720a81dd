import type { Background } from '../pwm';
import { dirichlet } from './dirichlet';
import type { Columns } from './columns';

/**
 * A score of two motif columns, the larger the more alike: its part that depends on one column is worked out once for each,
 * then a query's column meets all of the targets'.
 */
export interface ColumnScore {
  /** Numbers of each column that `fillRow` needs. [count, any] */
  readonly features?: (columns: Columns, background: Background) => Float64Array;
  /** True where a probability of 0 has no score. */
  readonly needsPositive?: boolean;
  /** Writes the scores of column `i` of the query with each column of the targets into `row`. */
  readonly fillRow: (query: Prepared, i: number, targets: Prepared, row: Float64Array) => void;
}

/** Columns with their features. */
export interface Prepared extends Columns {
  readonly features: Float64Array;
}

/** Columns as one score wants them. */
export function prepare(score: ColumnScore, columns: Columns, background: Background): Prepared {
  if (score.needsPositive && columns.p.some((p) => p <= 0))
    throw new RangeError('tomtom: a probability is 0, which this distance cannot score; give a pseudocount above 0');
  return { ...columns, features: score.features?.(columns, background) ?? new Float64Array(0) };
}

/** Σ(p − q)² of a query's column with each target's, passed through `last`. */
function squares(last: (sum: number) => number): ColumnScore['fillRow'] {
  return ({ p, letters }, i, targets, row) => {
    if (letters === 4) return squaresOfFour(p.subarray(4 * i, 4 * i + 4), targets.p, row, last);
    for (let j = 0, at = 0; j < row.length; j++) {
      let sum = 0;
      for (let a = i * letters, end = a + letters; a < end; a++, at++) sum += (p[a] - targets.p[at]) ** 2;
      row[j] = last(sum);
    }
  };
}

/** The same, unrolled, because most of Tomtom's time is spent here. */
function squaresOfFour(
  [a, c, g, t]: Float64Array,
  q: Float64Array,
  row: Float64Array,
  last: (sum: number) => number,
): void {
  for (let j = 0, at = 0; j < row.length; j++, at += 4) {
    row[j] = last((a - q[at]) ** 2 + (c - q[at + 1]) ** 2 + (g - q[at + 2]) ** 2 + (t - q[at + 3]) ** 2);
  }
}

/** Euclidean distance, negated. */
const ed: ColumnScore = { fillRow: squares((sum) => -Math.sqrt(sum)) };

/** 2 − Σ(p − q)² (Sandelin & Wasserman 2004). */
const sandelin: ColumnScore = { fillRow: squares((sum) => 2 - sum) };

/** Pearson's correlation; 0 with a column that prefers nothing. */
const pearson: ColumnScore = {
  features: ({ p, letters }) => p.map((value) => value - 1 / letters),
  fillRow: ({ features, letters }, i, { features: y }, row) => {
    const x = features.subarray(i * letters, (i + 1) * letters);
    const xx = x.reduce((sum, value) => sum + value * value, 0);
    for (let j = 0, at = 0; j < row.length; j++) {
      let xy = 0;
      let yy = 0;
      for (let a = 0; a < letters; a++, at++) {
        xy += x[a] * y[at];
        yy += y[at] * y[at];
      }
      row[j] = xx * yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
    }
  },
};

/** The mean of both Kullback–Leibler divergences, negated: −½ Σ (p − q)·log₁₀(p/q). */
const kullback: ColumnScore = {
  needsPositive: true,
  features: ({ p }) => p.map(Math.log10),
  fillRow: ({ p, features: logP, letters }, i, { p: q, features: logQ }, row) => {
    for (let j = 0, at = 0; j < row.length; j++) {
      let sum = 0;
      for (let a = i * letters, end = a + letters; a < end; a++, at++) sum += (p[a] - q[at]) * (logP[a] - logQ[at]);
      row[j] = -sum / 2;
    }
  },
};

/** Average log-likelihood ratio (Wang & Stormo 2003): each column's counts under the other's odds. */
const allr: ColumnScore = {
  needsPositive: true,
  features: ({ p, letters }, background) => p.map((value, at) => Math.log(value / background[at % letters])),
  fillRow: ({ p, sites, features: logP, letters }, i, { p: q, sites: targetSites, features: logQ }, row) => {
    for (let j = 0, at = 0; j < row.length; j++) {
      let score = 0;
      let counts = 0;
      for (let a = i * letters, end = a + letters; a < end; a++, at++) {
        const queryCount = sites[i] * p[a];
        const targetCount = targetSites[j] * q[at];
        score += targetCount * logP[a] + queryCount * logQ[at];
        counts += queryCount + targetCount; // rounded probabilities do not sum to 1
      }
      row[j] = score / counts;
    }
  },
};

/** The scores that Tomtom offers, by the names of its option `-dist`. */
export const columnScores = { ed, pearson, kullback, sandelin, allr, blic1: dirichlet(1), blic5: dirichlet(5) };

/** How Tomtom may compare columns. */
export type TomtomDistance = keyof typeof columnScores;

import type { Bar } from './benchmark';

/** A line of the table. */
export interface Result {
  readonly case: string;
  readonly system: string;
  /** Of one turn. */
  readonly median: number;
  readonly unit: 'ms' | 'kB';
  /** How many times ours is faster, or smaller, than this system: median over median. */
  readonly ratio: number;
  /** A quarter of the turns took less than the first, a quarter more than the second. */
  readonly quartiles: readonly [number, number];
  /** The first turn, with all that is compiled then. */
  readonly first?: number;
  readonly gflops?: number;
  /** Memory read and written: at least, for a system may do it more than once. */
  readonly gigabytesPerSecond?: number;
}

/** A line that stayed empty. */
export interface Missing {
  readonly case: string;
  readonly system: string;
  readonly reason: string;
  readonly isRequired: boolean;
}

/** What became of a bar: met or not, or null where one of the two was missing. */
export interface Judged extends Bar {
  readonly case: string;
  readonly value: number | null;
  readonly isMet: boolean | null;
}

/** What became of a case. */
export interface Measured {
  readonly results: readonly Result[];
  readonly missing: readonly Missing[];
  readonly judged: readonly Judged[];
  /** What systems said of themselves. */
  readonly notes: readonly string[];
}

/** What became of a benchmark, as `--json` prints it. */
export interface Report extends Measured {
  readonly benchmark: string;
  readonly question: string;
  readonly adapter: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Markdown, in place of the table. */
  readonly text?: string;
  /** SVG by file name. */
  readonly pictures?: Readonly<Record<string, string>>;
}

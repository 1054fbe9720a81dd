/** A system at work on one case. */
export interface Contender {
  /** Does the work once and gives its result as numbers in JavaScript. The first turn also compiles. */
  turn(): Promise<ArrayLike<number>>;
  close(): void | Promise<void>;
  /** What a reader must know of it that shows only here, e.g. its version. */
  readonly note?: string;
}

/** Somebody who may take part. */
export interface System {
  readonly name: string;
  /** Without it the run fails, unless `--allow-missing` is given. */
  readonly isRequired?: boolean;
  /** Floating-point operations in a turn, where they are not those of the case. */
  readonly flop?: number;
  /** Rejects with `Absent` where it cannot take part. */
  open(): Promise<Contender>;
}

/** One row of the question: the same work for all. */
export interface Case {
  readonly name: string;
  /** What is compared: the time of a turn, unless said, or kilobytes, the one number that a turn gives. */
  readonly unit?: 'ms' | 'kB';
  /** Ours first: the others are compared with it. */
  readonly systems: readonly System[];
  /** Turns in one measurement, 1 unless said: more where one is too short for the clock. */
  readonly repeats?: number;
  /** Timed turns of each system, 7 unless said. */
  readonly rounds?: number;
  /**
   * So many first turns must give the same numbers in all systems, 1 unless said: more where turns build on each other,
   * 0 where the systems do different work.
   */
  readonly compare?: number;
  /** Largest difference, as a share of the largest number, at which two systems still agree. */
  readonly tolerance: number;
  /** Milliseconds that a turn may take, a minute unless said. */
  readonly patience?: number;
  /** Floating-point operations in a turn, for the rate. */
  readonly flop?: number;
  /** Bytes that a turn reads and writes at least, where memory is what it waits for. */
  readonly bytes?: number;
  /** What the times are asked to be. */
  readonly bars?: readonly Bar[];
}

/** What is asked of the time of one system, over that of another if there is one. */
export interface Bar {
  readonly of: string;
  /** Without it the bar is on the time itself, in milliseconds: it holds for a machine, so it should be a wide one. */
  readonly over?: string;
  /** Each time is divided by the operations in its turn. */
  readonly per?: 'flop';
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One question. */
export interface Benchmark {
  readonly name: string;
  readonly question: string;
  /** What a reader must know to trust the numbers. */
  readonly notes: readonly string[];
  readonly cases: readonly Case[];
}

/** Why a system does not take part. */
export class Absent extends Error {}

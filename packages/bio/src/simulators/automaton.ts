import { BASES } from '../base-numbers';
import { happens } from '../random-source';
import type { RandomSource } from '../random-source';

/** A machine that reads letters and remembers how much of a motif it has just seen. */
export interface MotifAutomaton {
  readonly motif: string;
  /** 0: nothing seen, … motif.length: the whole, for good. */
  readonly states: number;
  /** The state after each state and letter A, C, G, T.   [states, 4] */
  readonly next: Uint8Array;
}

/**
 * The machine that finds a motif in one pass (Knuth, Morris & Pratt 1977). After a letter that does not go on, the state is the
 * longest end of what was read that is a beginning of the motif: for ACG, A after A stays in state 1 and A after AC goes there,
 * too. The last state is never left.
 */
export function motifAutomaton(motif: string): MotifAutomaton {
  if (!/^[ACGT]{1,254}$/.test(motif)) {
    throw new RangeError(
      `motifAutomaton: expected a motif of 1 to 254 letters A, C, G, T, got ${JSON.stringify(motif)}`,
    );
  }
  const next = Array.from({ length: motif.length }, (_, state) =>
    [...'ACGT'].map((letter) => longestBeginning(motif.slice(0, state) + letter, motif)),
  );
  return {
    motif,
    states: motif.length + 1,
    next: Uint8Array.from([next, Array<number>(4).fill(motif.length)].flat(2)),
  };
}

/** How many letters at the end of `read` are the beginning of the motif. */
function longestBeginning(read: string, motif: string): number {
  for (let length = Math.min(read.length, motif.length); ; length--) {
    if (read.endsWith(motif.slice(0, length))) return length;
  }
}

/** The state after each letter, from state 0 on. Letters other than A, C, G and T end what was seen. [length] */
export function runAutomaton({ next, states }: MotifAutomaton, sequence: string): Uint8Array {
  const visited = new Uint8Array(sequence.length);
  let state = 0;
  for (let i = 0; i < sequence.length; i++) {
    const base = BASES[sequence.charCodeAt(i)];
    if (base < 4) state = next[4 * state + base];
    else if (state < states - 1) state = 0;
    visited[i] = state;
  }
  return visited;
}

/** How many sequences for an automaton, and how rich in near misses. */
export interface SimulateMotifStreamsOptions {
  readonly rng: RandomSource;
  /** `ACG` unless said. */
  readonly motif?: string;
  /** 1 000 unless said. */
  readonly count?: number;
  /** 100 unless said. */
  readonly length?: number;
  /** How often the letter comes that goes on with the motif, beside its quarter: 0.3 unless said. */
  readonly temptation?: number;
}

/** Sequences with the states that the automaton has after each letter. */
export interface SimulatedMotifStreams {
  readonly automaton: MotifAutomaton;
  readonly sequences: readonly string[];
  readonly states: readonly Uint8Array[];
  /** Whether the motif occurs in a sequence. */
  readonly hasMotif: readonly boolean[];
}

/**
 * Letters that often begin the motif and seldom finish it, so that every fall back is seen. Every second sequence has the motif,
 * at a place that may be anywhere; the others never.
 */
export function simulateMotifStreams({ rng, ...options }: SimulateMotifStreamsOptions): SimulatedMotifStreams {
  const { motif = 'ACG', count = 1000, length = 100, temptation = 0.3 } = options;
  const automaton = motifAutomaton(motif);
  if (length < motif.length) {
    throw new RangeError(`simulateMotifStreams: ${motif} does not fit into ${length} letters`);
  }
  const sequences = Array.from({ length: count }, (_, i) => {
    if (i % 2 === 0) return teased(automaton, length, temptation, rng);
    const before = rng.integer(length - motif.length + 1);
    const head = teased(automaton, before, temptation, rng);
    return head + motif + teased(automaton, length - before - motif.length, temptation, rng);
  });
  const states = sequences.map((sequence) => runAutomaton(automaton, sequence));
  return { automaton, sequences, states, hasMotif: states.map((visited) => visited.at(-1) === motif.length) };
}

/** Letters in which the motif never occurs. */
function teased({ motif, next }: MotifAutomaton, length: number, temptation: number, rng: RandomSource): string {
  let [sequence, state] = ['', 0];
  while (sequence.length < length) {
    const letter = happens(rng, temptation) ? motif[state] : 'ACGT'[rng.integer(4)];
    const after = next[4 * state + BASES[letter.charCodeAt(0)]];
    if (after === motif.length) continue;
    sequence += letter;
    state = after;
  }
  return sequence;
}

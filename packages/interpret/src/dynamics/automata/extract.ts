import { checkNdArray, type NdArray } from '../nd-array';
import type { Automaton } from './automaton';
import { kindsOf, minimizeAutomaton } from './minimize';

/** What a net did while it read words. */
export interface Observations {
  /** [words, steps + 1, width], the state before the first letter and after each, as `statesOverTime` gives them. */
  readonly states: NdArray;
  /** Words of at most so many steps; states past the end of a word do not count. */
  readonly words: readonly string[];
  /** [words, steps + 1], what the net answers in each of these states, as a whole number. */
  readonly outputs: NdArray;
}

/** How states become those of an automaton. */
export interface ExtractOptions {
  /** The alphabet, ACGT unless said. */
  readonly letters?: string;
  /** A number for each row of [rows, width], the same for states that are taken for one: `gridCells`, or `kMeans`' labels. */
  readonly quantize: (rows: NdArray<Float64Array>) => Promise<ArrayLike<number>> | ArrayLike<number>;
}

/** The automaton that a net seems to be. */
export interface ExtractedAutomaton {
  /** One state for each cell; where no word showed what follows, one more with output −1, which is never left. */
  readonly automaton: Automaton;
  /** The smallest that does the same. */
  readonly minimal: Automaton;
  /** [cells, letters, cells], how often each step was seen. */
  readonly counts: NdArray<Float64Array>;
  /** Steps that were seen. */
  readonly steps: number;
  /** Steps that led elsewhere than most from their cell on their letter, and to where a word can tell the difference. */
  readonly conflicts: number;
  /** States whose output was not that of most in their cell. */
  readonly outputConflicts: number;
  /** Cells and letters whose step no word showed. */
  readonly missing: readonly (readonly [cell: number, letter: string])[];
}

/**
 * A finite-state machine from the hidden states of a net (Omlin & Giles 1996; Wang et al. 2018): states are quantised, each step
 * leads where most observed ones did, and the result is minimised. Take more cells than you expect states: what does the same
 * is merged. Conflicts say whether cells are too coarse.
 */
export async function extractAutomaton(
  observations: Observations,
  { letters = 'ACGT', quantize }: ExtractOptions,
): Promise<ExtractedAutomaton> {
  const { cells, outputs, starts } = await quantized(observations, quantize);
  const count = cells.reduce((most, cell) => Math.max(most, cell), 0) + 1;
  const shape = [count, letters.length, count];
  const counts = { values: new Float64Array(count * letters.length * count), shape };
  observations.words.forEach((word, w) => {
    for (const [t, letter] of [...word].entries()) {
      const column = letters.indexOf(letter);
      if (column < 0)
        throw new RangeError(`extractAutomaton: expected letters of ${letters}, got ${letter} in word ${w}`);
      const at = starts[w] + t;
      counts.values[(cells[at] * letters.length + column) * count + cells[at + 1]]++;
    }
  });
  const steps = cells.length - starts.length;
  return { ...completed(letters, cells, starts, outputs, counts), counts, steps };
}

/** Cells and outputs of all states within the words, one word after the other. */
async function quantized({ states, words, outputs }: Observations, quantize: ExtractOptions['quantize']) {
  checkNdArray('extractAutomaton', states, ['words', 'steps + 1', 'width']);
  checkNdArray('extractAutomaton', outputs, ['words', 'steps + 1']);
  const [rows, length, width] = states.shape;
  if (rows !== words.length || outputs.shape[0] !== rows || outputs.shape[1] !== length || rows === 0)
    throw new RangeError(
      `extractAutomaton: expected states and outputs [${words.length}, steps + 1] of as many words, ` +
        `got [${rows}, ${length}] and [${outputs.shape.join(', ')}]`,
    );
  const longest = words.reduce((most, word) => Math.max(most, word.length), 0);
  if (longest >= length)
    throw new RangeError(`extractAutomaton: expected words of at most ${length - 1} letters, got one of ${longest}`);
  const places = words.flatMap((word, w) => Array.from({ length: word.length + 1 }, (_, t) => w * length + t));
  const values = new Float64Array(places.length * width);
  places.forEach((place, i) => {
    for (let j = 0; j < width; j++) values[i * width + j] = states.values[place * width + j];
  });
  const cells = Int32Array.from(await quantize({ values, shape: [places.length, width] }));
  if (cells.length !== places.length)
    throw new RangeError(`extractAutomaton: expected quantize to number ${places.length} rows, got ${cells.length}`);
  let start = 0;
  const starts = words.map((word) => (start += word.length + 1) - word.length - 1);
  return { cells, outputs: places.map((place) => outputs.values[place]), starts };
}

function completed(
  letters: string,
  cells: Int32Array,
  starts: readonly number[],
  outputs: readonly number[],
  counts: NdArray<Float64Array>,
) {
  const [count] = counts.shape;
  const votes = Array.from({ length: count }, () => new Map<number, number>());
  cells.forEach((cell, i) => vote(votes[cell], outputs[i]));
  const answers = votes.map(winner);
  const firsts = new Map<number, number>();
  for (const start of starts) vote(firsts, cells[start]);
  const usual = usualSteps(letters, counts);
  const isUsed = (cell: number) => votes[cell].size > 0; // quantize may leave out numbers
  const missing = usual.flatMap((row, cell) =>
    [...letters].filter((_, i) => row[i] === undefined && isUsed(cell)).map((letter) => [cell, letter] as const),
  );
  const next = usual.map((row, cell) => row.map((after) => after ?? (isUsed(cell) ? count : cell)));
  const automaton: Automaton = {
    ...{ letters, start: winner(firsts) },
    next: missing.length === 0 ? next : [...next, [...letters].map(() => count)],
    outputs: missing.length === 0 ? answers : [...answers, -1],
  };
  return {
    automaton,
    minimal: minimizeAutomaton(automaton),
    conflicts: conflictsOf(automaton, counts),
    outputConflicts: outputs.filter((output, i) => output !== answers[cells[i]]).length,
    missing,
  };
}

/** [cells][letters], where most steps led; undefined where there was none. */
function usualSteps(letters: string, { values, shape: [count] }: NdArray<Float64Array>): (number | undefined)[][] {
  return Array.from({ length: count }, (_, cell) =>
    [...letters].map((_, column) => {
      const first = (cell * letters.length + column) * count;
      const seen = values.subarray(first, first + count);
      const most = seen.reduce((a, b) => Math.max(a, b));
      return most === 0 ? undefined : seen.indexOf(most);
    }),
  );
}

/** Steps that led to where a word can tell the difference. */
function conflictsOf(automaton: Automaton, { values, shape: [count, letters] }: NdArray<Float64Array>): number {
  const kinds = kindsOf(automaton);
  return values.reduce((sum, seen, i) => {
    const row = Math.floor(i / count);
    const usual = automaton.next[Math.floor(row / letters)][row % letters];
    return kinds[i % count] === kinds[usual] ? sum : sum + seen;
  }, 0);
}

const vote = (votes: Map<number, number>, value: number): unknown => votes.set(value, (votes.get(value) ?? 0) + 1);

/** What has the most votes, the first of equals. */
const winner = (votes: ReadonlyMap<number, number>): number =>
  [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best), [-1, 0])[0];

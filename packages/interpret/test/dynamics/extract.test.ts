import { matmul, Rng, sigmoid, type Tensor, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import {
  automatonAgreement,
  automatonIsomorphism,
  automatonStates,
  distinguishingWord,
  extractAutomaton,
  gridCells,
  kMeans,
  motifAutomaton,
  type NdArray,
  statesOverTime,
} from '../../src/index';

const acg = motifAutomaton('ACG');
const width = 6;

/** Words and noisy states of a net that tracks the automaton of ACG, and the last letter too, which it need not. */
function tracked(count: number, length: number) {
  const rng = new Rng(3);
  const place = Array.from({ length: 4 * 5 * width }, () => rng.normal());
  const words = Array.from({ length: count }, (_, w) =>
    Array.from({ length: w % (length + 1) }, () => rng.choice('ACGT')).join(''),
  );
  const values = new Float64Array(count * (length + 1) * width).fill(99); // what lies past the end of a word
  const outputs = new Float64Array(count * (length + 1)).fill(99);
  words.forEach((word, w) =>
    automatonStates(acg, word).forEach((state, t) => {
      const kind = state * 5 + (t === 0 ? 4 : 'ACGT'.indexOf(word[t - 1]));
      for (let j = 0; j < width; j++)
        values[(w * (length + 1) + t) * width + j] = place[kind * width + j] + 0.02 * rng.normal();
      outputs[w * (length + 1) + t] = acg.outputs[state];
    }),
  );
  const states = { values, shape: [count, length + 1, width] };
  return { states, words, outputs: { values: outputs, shape: [count, length + 1] } };
}

describe('extractAutomaton', () => {
  // Ten kinds of states: T, G, C or nothing read in state 0, one each in 1 and 2, four in 3.
  const quantize = async (rows: NdArray) =>
    (await kMeans(rows, { clusters: 10, rng: new Rng(5), restarts: 20 })).labels;

  it('finds the four states of ACG in clusters of hidden states', async () => {
    const { automaton, minimal, conflicts, outputConflicts, missing, steps } = await extractAutomaton(
      tracked(1500, 12),
      {
        quantize,
      },
    );
    expect([conflicts, outputConflicts, missing]).toEqual([0, 0, []]);
    expect(steps).toBe(Array.from({ length: 1500 }, (_, w) => w % 13).reduce((a, b) => a + b));
    expect(automaton.next.length).toBe(10);
    expect(automatonIsomorphism(minimal, acg)).toEqual([0, 1, 2, 3]);
  });

  it('does not count it as a conflict that a step leads to one or the other of two cells that do the same', async () => {
    const states = { values: [0, 1, 2, 0, 2, 1, 0, 1, 1, 0, 2, 2], shape: [4, 3, 1] }; // 1 and 2 do the same
    const outputs = { values: [0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1], shape: [4, 3] };
    const words = ['AA', 'AA', 'AA', 'AA'];
    const options = { letters: 'A', quantize: (rows: NdArray<Float64Array>) => rows.values };
    const { conflicts, minimal } = await extractAutomaton({ states, outputs, words }, options);
    expect(conflicts).toBe(0);
    expect(minimal.next).toEqual([[1], [1]]);
  });

  it('says so where cells are too coarse', async () => {
    const { conflicts, outputConflicts, minimal } = await extractAutomaton(tracked(100, 12), {
      quantize: (rows) => new Int32Array(rows.shape[0]),
    });
    expect(conflicts).toBe(0); // one cell leads only to itself
    expect(outputConflicts).toBeGreaterThan(0);
    expect(minimal.next).toEqual([[0, 0, 0, 0]]);
  });

  it('takes the step that was seen most often, and counts the others', async () => {
    // One unit that is 0, 1 or 2; from 0 the letter A leads to 1 twice and to 2 once.
    const states = { values: [0, 1, 0, 1, 0, 2], shape: [3, 2, 1] };
    const outputs = { values: [5, 6, 5, 6, 5, 7], shape: [3, 2] };
    const options = { letters: 'A', quantize: (rows: NdArray<Float64Array>) => rows.values };
    const { automaton, minimal, conflicts, missing, counts } = await extractAutomaton(
      { states, outputs, words: ['A', 'A', 'A'] },
      options,
    );
    expect(conflicts).toBe(1);
    expect(missing).toEqual([[1, 'A'], [2, 'A']]); // prettier-ignore
    expect(automaton).toEqual({ letters: 'A', start: 0, next: [[1], [3], [3], [3]], outputs: [5, 6, 7, -1] });
    expect(minimal).toEqual({ letters: 'A', start: 0, next: [[1], [2], [2]], outputs: [5, 6, -1] });
    expect(counts.shape).toEqual([3, 1, 3]);
    expect([...counts.values]).toEqual([0, 2, 1, 0, 0, 0, 0, 0, 0]);
    const known = { letters: 'A', start: 0, next: [[1], [1]], outputs: [5, 6] };
    expect(distinguishingWord(minimal, known)).toBe('AA'); // what follows was never seen
  });

  it('does not mind numbers that quantize leaves out', async () => {
    const states = { values: [0, 3], shape: [1, 2, 1] };
    const { minimal } = await extractAutomaton(
      { states, outputs: { values: [0, 0], shape: [1, 2] }, words: ['A'] },
      { letters: 'A', quantize: () => [3, 3] },
    );
    expect(minimal).toEqual({ letters: 'A', start: 0, next: [[0]], outputs: [0] });
  });

  it('says what does not fit', async () => {
    const { states, words, outputs } = tracked(3, 4);
    await expect(extractAutomaton({ states, words: words.slice(1), outputs }, { quantize })).rejects.toThrow(
      '[2, steps + 1] of as many words, got [3, 5] and [3, 5]',
    );
    await expect(extractAutomaton({ states, words: ['', 'ACGTA', ''], outputs }, { quantize })).rejects.toThrow(
      'at most 4 letters, got one of 5',
    );
    await expect(
      extractAutomaton({ states, words: ['', 'NA', ''], outputs }, { quantize: () => [0, 0, 0, 0, 0] }),
    ).rejects.toThrow('expected letters of ACGT, got N in word 1');
    await expect(extractAutomaton({ states, words: ['', 'A', ''], outputs }, { quantize: () => [0] })).rejects.toThrow(
      'to number 4 rows, got 1',
    );
  });
});

describe('from a net to its automaton', () => {
  const rng = new Rng(11);
  const words = Array.from({ length: 200 }, () => Array.from({ length: 8 }, () => rng.choice('ACGT')).join(''));
  const oneHot = (word: string) => [...word].map((letter) => [...'ACGT'].map((own) => Number(own === letter)));

  /** A second-order net (Giles et al. 1992), its weights set by hand: units say in which state it is, not sharply. */
  const step = (h: Tensor, x: Tensor) => {
    const pairs = h
      .reshape([-1, 4, 1])
      .mul(x.reshape([-1, 1, 4]))
      .reshape([-1, 16]);
    const after = tensor(acg.next.flat().map((state) => [0, 1, 2, 3].map((own) => Number(own === state))));
    return sigmoid(matmul(pairs, after).sub(0.5).mul(8));
  };

  it('gives the automaton that the weights were made of', async () => {
    const init = tensor(words.map(() => [1, 0, 0, 0]));
    const states = await statesOverTime({ step, init, xs: tensor(words.map(oneHot)) });
    const outputs = { values: states.values.filter((_, i) => i % 4 === 3).map(Math.round), shape: [200, 9] };
    for (const quantize of [
      (rows: NdArray) => gridCells(rows, { low: 0 }),
      async (rows: NdArray) => (await kMeans(rows, { clusters: 4, rng })).labels,
    ]) {
      const { minimal, conflicts } = await extractAutomaton({ states, words, outputs }, { quantize });
      expect(conflicts).toBe(0);
      expect(automatonIsomorphism(minimal, acg)).toEqual([0, 1, 2, 3]);
      const answers = words.map((_, w) => outputs.values[w * 9 + 8]);
      expect(automatonAgreement(minimal, words, answers)).toEqual({ fraction: 1 });
      expect(answers.filter((answer) => answer === 1)).toHaveLength(
        words.filter((word) => word.includes('ACG')).length,
      );
    }
  });
});

describe('kMeans', () => {
  const rows = { values: [0, 0, 0, 1, 10, 10, 10, 11, 5, -5], shape: [5, 2] };

  it('finds clusters that lie apart', async () => {
    const { labels, centroids, inertia } = await kMeans(rows, { clusters: 3, rng: new Rng(1) });
    const [a, , b, , c] = labels;
    expect([...labels]).toEqual([a, a, b, b, c]);
    expect(new Set([a, b, c]).size).toBe(3);
    expect([...centroids.values.slice(2 * a, 2 * a + 2), ...centroids.values.slice(2 * b, 2 * b + 2)]).toEqual([
      0, 0.5, 10, 10.5,
    ]);
    expect(inertia).toBeCloseTo(1, 12); // four rows, half a unit from their centroid
  });

  it('gives each row its own cluster where there are as many, and copes with rows that are equal', async () => {
    expect((await kMeans(rows, { clusters: 5, rng: new Rng(1) })).inertia).toBe(0);
    const same = { values: [1, 1, 1], shape: [3, 1] };
    const { labels, inertia } = await kMeans(same, { clusters: 2, rng: new Rng(1) });
    expect([labels[1], labels[2], inertia]).toEqual([labels[0], labels[0], 0]);
  });

  it('comes out the same for the same seed', async () => {
    const { states } = tracked(50, 12);
    const flat = { values: states.values, shape: [50 * 13, width] };
    const run = () => kMeans(flat, { clusters: 7, rng: new Rng(2) });
    expect(await run()).toEqual(await run());
  });

  it('refuses more clusters than rows', async () => {
    await expect(kMeans(rows, { clusters: 6, rng: new Rng(1) })).rejects.toThrow(
      '1 to 5 clusters, as there are 5 rows, got 6',
    );
  });
});

describe('gridCells', () => {
  it('numbers the cells as they are met', () => {
    const rows = { values: [-0.9, 0.1, -0.2, 0.9, 0.5, 0.5, -7, 7, 1, -1], shape: [5, 2] };
    expect([...gridCells(rows)]).toEqual([0, 0, 1, 0, 2]);
    expect([...gridCells(rows, { bins: 4 })]).toEqual([0, 1, 2, 3, 4]); // 0 2 | 1 3 | 3 3 | 0 3 | 3 0
    expect(() => gridCells(rows, { bins: 0 })).toThrow('expected bins ≥ 1, got 0');
  });
});

import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import {
  criticalEulerStep,
  enhancerLetters,
  enhancerMemory,
  motifAutomaton,
  pendulumEigenvalue,
  reverseComplement,
  runAutomaton,
  simulateAdding,
  simulateDistantEnhancers,
  simulateEnhancers,
  simulateLatch,
  simulateMotifStreams,
  swing,
} from '../../src/index';
import { placesOf } from '../../src/simulators/sequence-with';
import { mean } from './statistics';

describe('simulateEnhancers', () => {
  const reach = { nearestBp: 1000, farthestBp: 20_000 };
  const memory = enhancerMemory(0.9999, reach);
  const events = simulateEnhancers({ rng: new Rng(1), memory, reach, count: 2000 });

  /** The loop as the textbook has it. */
  function stateBefore({ enhancers, promoter }: (typeof events)[number]): number {
    const isStart = new Set(enhancers);
    let h = 0;
    for (let t = 0; t < promoter; t++) h = 0.9999 * h + (isStart.has(t) ? 1 : 0);
    return h;
  }

  it('has the states of the loop to 1e-12', () => {
    for (const event of events.slice(0, 100)) expect(Math.abs(event.state - stateBefore(event))).toBeLessThan(1e-12);
  });

  it('makes a promoter active exactly if its only enhancer lies within reach', () => {
    const single = events.filter(({ enhancers }) => enhancers.length === 1);
    expect(single.length).toBeGreaterThan(400);
    for (const { enhancers, promoter, isActive } of single) {
      const distance = promoter - 1 - enhancers[0];
      expect(isActive).toBe(distance >= 1000 && distance <= 20_000);
    }
  });

  it('meets both ends of the reach, within and beyond', () => {
    const distances = events.flatMap(({ enhancers, promoter }) => enhancers.map((s) => promoter - 1 - s));
    for (const edge of [999, 1000, 20_000, 20_001]) expect(distances).toContain(edge);
    expect(Math.max(...events.map(({ promoter }) => promoter))).toBeLessThanOrEqual(50_000 - 6);
    const active = events.filter(({ isActive }) => isActive).length / 2000;
    expect(active).toBeGreaterThan(0.3);
    expect(active).toBeLessThan(0.7);
  });

  it('writes an event with the motifs there and nowhere else', () => {
    const event = events.find(({ enhancers }) => enhancers.length === 3)!;
    const sequence = enhancerLetters(event, { rng: new Rng(2) });
    expect(sequence).toHaveLength(50_000);
    expect(placesOf('TGAGTCA', sequence)).toEqual(event.enhancers);
    expect(placesOf('TATAAA', sequence)).toEqual([event.promoter]);
    expect(placesOf('TGACTCA', sequence)).toEqual([]);
    expect(placesOf('TTTATA', sequence)).toEqual([]);
  });

  it('refuses a reach that has no room', () => {
    const options = { rng: new Rng(1), memory, reach, lengthBp: 10_000 };
    expect(() => simulateEnhancers(options)).toThrow('expected a reach within 8 and 9992 bp, got 1000 to 20000');
    expect(() => enhancerMemory(1, reach)).toThrow('expected r between 0 and 1, got 1');
  });
});

describe('motifAutomaton', () => {
  it('falls back to what is still a beginning: A after AC leads to 1', () => {
    const { next } = motifAutomaton('ACG');
    // columns A C G T
    expect(Array.from(next)).toEqual([1, 0, 0, 0, 1, 2, 0, 0, 1, 0, 3, 0, 3, 3, 3, 3]);
    expect(Array.from(runAutomaton(motifAutomaton('ACG'), 'AACACGT'))).toEqual([1, 1, 2, 1, 2, 3, 3]);
  });

  it('finds the motif where a search does, on all words of 6 letters', () => {
    for (const motif of ['ACG', 'AAC', 'ACAC', 'TTT']) {
      const automaton = motifAutomaton(motif);
      for (let word = 0; word < 4 ** 6; word++) {
        const letters = Array.from({ length: 6 }, (_, i) => 'ACGT'[(word >> (2 * i)) & 3]).join('');
        const end = letters.includes(motif) ? letters.indexOf(motif) + motif.length - 1 : 6;
        expect(Array.from(runAutomaton(automaton, letters), (state) => state === motif.length)).toEqual(
          Array.from({ length: 6 }, (_, i) => i >= end),
        );
      }
    }
  });

  it('starts anew after a letter that is none, and stays at the end', () => {
    expect(Array.from(runAutomaton(motifAutomaton('ACG'), 'ACNGACGN'))).toEqual([1, 2, 0, 0, 1, 2, 3, 3]);
    expect(() => motifAutomaton('ACN')).toThrow('letters A, C, G, T, got "ACN"');
  });
});

describe('simulateMotifStreams', () => {
  it('has the motif in every second sequence, at any place, and near misses everywhere', () => {
    const { sequences, hasMotif, states } = simulateMotifStreams({ rng: new Rng(4), count: 2000, length: 30 });
    expect(sequences.every((sequence) => /^[ACGT]{30}$/.test(sequence))).toBe(true);
    sequences.forEach((sequence, i) =>
      expect([sequence.includes('ACG'), hasMotif[i]]).toEqual([i % 2 === 1, i % 2 === 1]),
    );
    const places = sequences.filter((_, i) => i % 2 === 1).map((sequence) => sequence.indexOf('ACG'));
    expect([Math.min(...places), Math.max(...places)]).toEqual([0, 27]);
    const second = states.filter((_, i) => i % 2 === 0).map((visited) => visited.filter((state) => state === 2).length);
    expect(mean(second)).toBeGreaterThan(2); // uniform letters have AC 1.8 times in 30
  });
});

describe('the damped pendulum', () => {
  const pendulum = { frequency: 2, damping: 0.1 };

  it('obeys its equation', () => {
    const h = 1e-4;
    for (const t of [0.3, 1, 4]) {
      const [before, , here, velocity, after] = swing(pendulum, [t - h, t, t + h]);
      const acceleration = (after - 2 * here + before) / h ** 2;
      expect(acceleration).toBeCloseTo(-2 * 0.1 * 2 * velocity - 4 * here, 4);
      expect((after - before) / (2 * h)).toBeCloseTo(velocity, 5);
    }
    expect(Array.from(swing(pendulum, [0]))).toEqual([1, -0]);
  });

  it('has the step from which Euler grows', () => {
    const { re, im } = pendulumEigenvalue(pendulum);
    expect(re).toBeCloseTo(-0.2, 12);
    const bound = criticalEulerStep(pendulum); // 2 · 0.2 / 4
    expect(bound).toBeCloseTo(0.1, 12);
    const growth = (h: number) => Math.hypot(1 + h * re, h * im);
    expect(growth(0.999 * bound)).toBeLessThan(1);
    expect(growth(1.001 * bound)).toBeGreaterThan(1);
    expect(() => criticalEulerStep({ frequency: 1, damping: 1 })).toThrow('0 < damping < 1');
  });
});

describe('simulateAdding', () => {
  it('marks one number in each half and sums the two', () => {
    const { values, shape, sums } = simulateAdding({ rng: new Rng(5), count: 4000, length: 11 });
    expect(shape).toEqual([4000, 11, 2]);
    sums.forEach((sum, row) => {
      const steps = Array.from({ length: 11 }, (_, t) => values.slice(2 * (11 * row + t), 2 * (11 * row + t) + 2));
      const marked = steps.flatMap(([, mark], t) => (mark === 1 ? [t] : []));
      expect(marked).toHaveLength(2);
      expect(marked[0] < 5 && marked[1] >= 5).toBe(true);
      expect(sum).toBeCloseTo(steps[marked[0]][0] + steps[marked[1]][0], 6);
    });
    expect(mean(sums.map((sum) => (sum - 1) ** 2))).toBeCloseTo(1 / 6, 2);
  });
});

describe('simulateLatch', () => {
  it('opens at A, closes at C, and keeps else', () => {
    const { sequences, labels } = simulateLatch({ rng: new Rng(6), count: 50, length: 40 });
    sequences.forEach((sequence, row) =>
      Array.from(labels[row]).forEach((label, t) => {
        const read = sequence.slice(0, t + 1);
        expect(label).toBe(read.lastIndexOf('A') > read.lastIndexOf('C') ? 1 : 0);
      }),
    );
  });

  for (const shares of [
    [0.25, 0.25, 0.25, 0.25],
    [0.3, 0.1, 0.3, 0.3],
    [0.05, 0.05, 0.45, 0.45],
  ] as const) {
    it(`knows what one letter at a time can tell (${shares.join(', ')})`, () => {
      const { sequences, labels, bayes } = simulateLatch({ rng: new Rng(7), count: 4000, length: 30, shares });
      const rightBy = (guess: number) => // A open, C closed, G and T as guessed
        mean(labels.flatMap((own, row) => Array.from(own, (label, t) => (label === ({ A: 1, C: 0 }[sequences[row][t]] ?? guess) ? 1 : 0)))); // prettier-ignore
      expect(Math.abs(Math.max(rightBy(0), rightBy(1)) - bayes)).toBeLessThan(0.01); // 120 000 letters, in runs
    });
  }

  it('has 3/4 in the long run', () => {
    expect(simulateLatch({ rng: new Rng(8), count: 1, length: 1e5 }).bayes).toBeCloseTo(0.75, 4);
  });
});

describe('simulateDistantEnhancers', () => {
  const { sequences, labels, positions } = simulateDistantEnhancers({ rng: new Rng(9), count: 6 });
  const letters = (text: string) => [...text].sort().join('');

  it('decides at the beginning what the end does', () => {
    expect(Array.from(labels)).toEqual([1, 0, 1, 0, 1, 0]);
    sequences.forEach((sequence, i) => {
      expect(sequence).toHaveLength(50_000);
      expect(sequence.endsWith('TATAAAAG')).toBe(true);
      expect(placesOf('TATAAAAG', sequence)).toEqual([49_992]);
      expect(placesOf('TGAGTCACCGGAAGT', sequence)).toEqual(labels[i] ? [positions[i]] : []);
      expect(placesOf(reverseComplement('TGAGTCACCGGAAGT'), sequence)).toEqual([]);
      expect(letters(sequence.slice(positions[i], positions[i] + 15))).toBe(letters('TGAGTCACCGGAAGT'));
      expect(positions[i]).toBeLessThan(1000);
    });
  });

  it('says what has no room or no other order', () => {
    const rng = new Rng(1);
    expect(() => simulateDistantEnhancers({ rng, lengthBp: 500 })).toThrow('room in 500 bp, got 1000');
    expect(() => simulateDistantEnhancers({ rng, enhancer: 'AAA' })).toThrow('AAA has no other order');
  });
});

import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import type { ExperimentEvent } from '../../src/index';
import { type Examples, fixedExamples, shuffledExamples } from '../../src/discover/examples';
import { epochsFor, modelFor, resolve } from '../../src/discover/options';
import { divide } from '../../src/discover/parts';
import { readPeaks, simulated } from '../../src/discover/peaks';

const rng = () => new Rng(4);
const dinucleotides = (s: string) =>
  [...s.slice(1)]
    .map((letter, i) => s[i] + letter)
    .sort()
    .join(' ');
const everything = (examples: Examples) => Array.from(examples.labels, (_, i) => examples.sequence(i, rng()));

describe('examples', () => {
  it('stand positives first', () => {
    const examples = fixedExamples(['AAA', 'CC'], ['G']);
    expect(Array.from(examples.labels)).toEqual([1, 1, 0]);
    expect(Array.from(examples.lengths)).toEqual([3, 2, 1]);
    expect(everything(examples)).toEqual(['AAA', 'CC', 'G']);
  });

  it('draw shuffles anew, with the dinucleotides of their positive', () => {
    const peak = 'GATTACAGATTACACCTGATGAA';
    const examples = shuffledExamples([peak]);
    const draws = rng();
    const shuffles = Array.from({ length: 5 }, () => examples.sequence(1, draws));
    expect(new Set(shuffles).size).toBeGreaterThan(1);
    for (const shuffle of shuffles) expect(dinucleotides(shuffle)).toBe(dinucleotides(peak));
    expect(examples.sequence(0, draws)).toBe(peak);
  });
});

describe('peaks', () => {
  const read = async (text: string) => {
    const events: ExperimentEvent[] = [];
    const peaks = await readPeaks('p.fa', 4, {
      data: { open: async () => text },
      onEvent: (event) => events.push(event),
    });
    return { letters: peaks.records.map(({ sequence }) => sequence), notes: events.map((e) => 'text' in e && e.text) };
  };

  it('come in capitals, each sequence once, without those that say nothing', async () => {
    const { letters, notes } = await read('>a\nacgt\n>b\nNNNN\n>c\nACGT\n>d\nACGTN\n');
    expect(letters).toEqual(['ACGT', 'ACGTN']);
    expect(notes).toEqual([
      'p.fa: 1 sequences without a base are left out',
      'p.fa: 1 sequences that repeat another are left out',
    ]);
  });

  it('are simulated by the seed', () => {
    const [a, b] = [simulated(rng()), simulated(rng())];
    expect(a).toEqual(b);
    expect(a.records).toHaveLength(2000);
    expect(a.source).toContain('simulated');
  });
});

describe('parts', () => {
  const peaks = simulated(rng());
  const parts = divide(peaks, undefined, undefined, rng());
  const positives = ({ labels, sequence }: Examples) =>
    Array.from(labels.keys())
      .filter((i) => labels[i])
      .map((i) => sequence(i, rng()));

  it('share no sequence, and together are all of them', () => {
    const lists = Object.values(parts).map(positives);
    expect(lists.map((list) => list.length)).toEqual([1440, 160, 400]);
    expect(new Set(lists.flat())).toEqual(new Set(peaks.records.map(({ sequence }) => sequence)));
  });

  it('keep the shuffles of validation and of the held-out part as they are', () => {
    for (const part of [parts.validation, parts.heldOut]) expect(everything(part)).toEqual(everything(part));
  });

  it('hold out by chromosome in both classes', () => {
    const record = (i: number, letters: string) => ({
      id: `chr${1 + (i % 4)}:${i}-${i + 9}`,
      description: '',
      sequence: letters,
    });
    const some = (letter: string) => ({
      records: Array.from({ length: 40 }, (_, i) => record(i, letter.repeat(9))),
      source: letter,
    });
    const { heldOut, training } = divide(some('A'), some('C'), ['chr2'], rng());
    expect(everything(heldOut)).toEqual([
      ...new Array<string>(10).fill('AAAAAAAAA'),
      ...new Array<string>(10).fill('CCCCCCCCC'),
    ]);
    expect(everything(training)).toHaveLength(54);
  });
});

describe('options', () => {
  it('are filled in', () => {
    const { seed, negatives, model } = resolve({ model: { filters: 5 } });
    expect({ seed, negatives }).toEqual({ seed: 1, negatives: 'shuffle' });
    expect(modelFor(1000, 200, model)).toMatchObject({ filters: 5, width: expect.any(Number) });
  });

  it('take a larger net for many sequences, whose filters fit into the shortest', () => {
    expect(modelFor(50_000, 200, {}).filters).toBeGreaterThan(modelFor(1000, 200, {}).filters);
    expect(modelFor(50_000, 21, {}).width).toBe(21);
    expect(modelFor(50_000, 200, { filters: 7 }).filters).toBe(7);
  });

  it('train longer on fewer sequences, within bounds', () => {
    expect(epochsFor(1e6)).toBeLessThan(epochsFor(3000));
    expect(epochsFor(10)).toBeLessThanOrEqual(40);
  });
});

import { openDevice, setDefaultDevice } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { memoryStore } from '@hairpin/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  architectures,
  explainSequences,
  explanationPage,
  type LabelledSequences,
  readLabelledTable,
  SequenceModel,
  trainDefaults,
  trainModel,
} from '../src/index';

const cpu = await openDevice('cpu');
beforeAll(() => setDefaultDevice(cpu));
afterAll(() => setDefaultDevice(undefined));

const sizes = { filters: 8, width: 4, hidden: 8, dropout: 0 };
const drawn = (letters: string, count: number) => {
  const rng = new Rng(5);
  const sequence = (length: number) => Array.from({ length }, () => rng.choice([...letters])).join('');
  return Array.from({ length: count }, (_, i) => ({ id: `s${i}`, sequence: sequence(9 + (i % 5)) }));
};
const task = { kind: 'regression', mean: 10, scale: 2 } as const;

describe.each(architectures)('a model of kind %s', (architecture) => {
  const model = new SequenceModel({ architecture, sizes, alphabet: 'protein', task }, new Rng(1));
  const sequences = drawn('ACDEFGHIKLMNPQRSTVWY', 7);

  it('says the same of a sequence whatever stands beside it', async () => {
    const together = await model.predict(sequences);
    for (const [i, one] of sequences.entries()) expect((await model.predict([one]))[0]).toBeCloseTo(together[i], 5);
    expect(new Set(together).size).toBe(7);
  });

  it('is the same once it was saved and loaded', async () => {
    const card = { what: '', architecture, sizes, alphabet: 'protein', task, metrics: {} } as const;
    const data = { source: '', training: 1, validation: 1, heldOut: 1 };
    const training = { seed: 1, epochs: 1, bestEpoch: 1, batchSize: 1, learningRate: 1 };
    const loaded = SequenceModel.load(await model.save({ ...card, data, training }), 'x');
    expect(loaded.card).toEqual({ ...card, data, training });
    expect(await loaded.model.predict(sequences)).toEqual(await model.predict(sequences));
  });

  it('is explained by letters that add up', async () => {
    const settings = { method: 'deepshap', references: 3, seed: 1 } as const;
    for (const { contributions, output, reference, sequence } of await explainSequences(model, sequences, settings)) {
      expect(contributions).toHaveLength(sequence.length);
      expect(contributions.reduce((sum, value) => sum + value, 0)).toBeCloseTo(output - reference, 4);
    }
  });
});

describe('training', () => {
  const data: LabelledSequences = {
    kind: 'classification',
    sequences: drawn('ACGT', 60).map((one, i) => {
      const sequence = i % 2 ? `${one.sequence.slice(0, 3)}TATA${one.sequence.slice(3)}` : one.sequence;
      return { id: one.id, sequence, answer: i % 2 ? 'promoter' : 'other' };
    }),
  };
  const options = { ...trainDefaults, sizes: { ...sizes, filters: 8 }, epochs: 4 };

  it('keeps the parts apart, and its card says how large they are', async () => {
    const { card, heldOut } = await trainModel(data, options, { source: 'here' });
    expect(card).toMatchObject({
      ...{ what: 'Tells promoter from other sequences, learned from here', task: { labels: ['other', 'promoter'] } },
      ...{ data: { source: 'here', training: 44, validation: 4, heldOut: 12 }, training: { epochs: 4 } },
    });
    expect(heldOut.filter(({ answer }) => answer === 'other')).toHaveLength(6);
  });

  it('stops with the reason of whom it was stopped by', async () => {
    const controller = new AbortController();
    const onEvent = () => controller.abort(new Error('enough'));
    const run = trainModel(data, options, { source: 'here', signal: controller.signal, onEvent });
    await expect(run).rejects.toThrow('enough');
  });

  it('does not go on with a checkpoint of other data', async () => {
    const store = memoryStore();
    await trainModel(data, options, { source: 'here', checkpoint: { store, resume: false } });
    const others = { ...data, sequences: data.sequences.toReversed() };
    const run = trainModel(others, options, { source: 'here', checkpoint: { store, resume: true } });
    await expect(run).rejects.toThrow('began with other data or options');
  });
});

it('a table may be quoted, parted by tabs, and have its columns in any order', async () => {
  const text = 'value\tid\tSequence\n1.5\t"a b"\t"ACGT"\n\n-2\tc\tGG\n';
  expect(await readLabelledTable(text, { source: 't', alphabet: 'dna' })).toEqual({
    kind: 'regression',
    sequences: [
      { id: 'a_b', sequence: 'ACGT', answer: '1.5' },
      { id: 'c', sequence: 'GG', answer: '-2' },
    ],
  });
});

it('a page of explanations shows so many logos, and escapes names', () => {
  const one = { sequence: 'ACGT', contributions: new Float64Array([1, 0, -1, 0]), hypothetical: new Float64Array(16) };
  const explained = ['<a>', 'b', 'c'].map((id) => ({ ...one, id, output: 1, reference: 1 }));
  const card = { what: 'x', architecture: 'cnn', sizes, alphabet: 'dna', task, metrics: { r2: 0.5 } } as const;
  const data = { source: '', training: 1, validation: 1, heldOut: 1 };
  const training = { seed: 1, epochs: 1, bestEpoch: 1, batchSize: 1, learningRate: 1 };
  const html = explanationPage(explained, { card: { ...card, data, training }, method: 'deepshap', shown: 2 });
  expect(html.match(/<svg/g)).toHaveLength(2);
  expect(html).toContain('<h2>&#60;a&#62;</h2>');
  expect(html).not.toContain('<a>');
});

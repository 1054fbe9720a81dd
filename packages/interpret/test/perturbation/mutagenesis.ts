import { type Context, type Model, sum, tensor, type Tensor } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { expect, it } from 'vitest';
import { meanCentred, mutagenesis, type Perturbable } from '../../src/index';
import { convolutional, draw, letters, linear, oneHot, type Precision, recurrent, toleranceOf } from './models';

/** The mutant with another letter at a position, `''` for none; what falls off the end is lost. */
const replaced = (sequence: string, at: number, removed: number, letter: string): string =>
  (sequence.slice(0, at) + letter + sequence.slice(at + removed)).slice(0, sequence.length);

/** f of each sequence on its own, made from letters: the plain way. */
async function plainly(model: Model, sequences: readonly string[], length: number, precision: Precision) {
  const values: number[] = [];
  for (const sequence of sequences) {
    const x = oneHot([sequence.padEnd(length, '-')], precision);
    values.push(...Array.from(await model(x).data()));
  }
  return values;
}

/** What mutagenesis says on the default device. */
export function checkMutagenesis(precision: Precision): void {
  const tolerance = toleranceOf(precision);

  it('gives the differences of the weights of a linear model', async () => {
    const w = tensor(new (precision === 'f64' ? Float64Array : Float32Array)([1, 2, 3, 4, 0, -1, 0.5, 7]), {
      shape: [2, 4],
    });
    const { substitutions, unmutated, shape } = await mutagenesis(linear(w), oneHot(['CA', 'TT'], precision));
    expect(shape).toEqual([2, 2, 4]);
    assertClose(unmutated, [2, 11], tolerance);
    assertClose(substitutions, [-1, 0, 1, 2, 0, -1, 0.5, 7, -3, -2, -1, 0, -7, -8, -6.5, 0], tolerance);
  });

  it('centres over the letters of a position', async () => {
    const effects = { substitutions: Float64Array.of(0, 4, 8, 0, 1, 2, 3, 2), shape: [1, 2, 4] };
    expect(Array.from(meanCentred(effects))).toEqual([-3, 1, 5, -3, -1, 0, 1, 0]);
    const twoOutputs = { substitutions: Float64Array.of(0, 10, 4, 20), shape: [1, 1, 2, 2] };
    expect(Array.from(meanCentred(twoOutputs))).toEqual([-2, -5, 2, 5]);
  });

  it('tries every letter where none stands', async () => {
    const w = draw(1, [2, 4], precision);
    const values = await w.data();
    const { substitutions } = await mutagenesis(linear(w), oneHot(['NA'], precision));
    assertClose(substitutions.subarray(0, 4), Array.from(values).slice(0, 4), tolerance);
  });

  const sequence = letters(7, 17);
  const other = letters(8, 17);
  const strided = convolutional(precision, { pool: 2, padding: 'same' });
  const models: [string, Perturbable<{ h: Tensor }>][] = [
    ['features by valid convolutions', convolutional(precision)],
    ['features by padded convolutions', convolutional(precision, { padding: 'same' })],
    ['features by convolutions and a pool of 2', convolutional(precision, { pool: 2 })],
    ['features by padded convolutions and a pool of 2', strided],
    ['features by padded convolutions and a pool of 3', convolutional(precision, { pool: 3, padding: 'same' })],
    ['features that read more than the sequence', convolutional(precision, { padding: 'same', width: 31 })],
    ['a recurrence, its state', recurrent(precision, 'state')],
    ['a recurrence, all its outputs', recurrent(precision, 'all')],
  ];

  it.each(models)('says what the mutants say one by one: %s', async (_, model) => {
    const whole = wholeOf(model);
    const x = oneHot([sequence, other], precision);
    const found = await mutagenesis(model, x, { deletions: true, insertions: true, batchSize: 17 });
    const length = sequence.length;
    const mutants = (edit: (from: string, at: number, letter: string) => string, kinds: string) =>
      [sequence, other].flatMap((from) =>
        [...from].flatMap((__, at) => [...kinds].map((letter) => edit(from, at, letter))),
      );
    const base = await plainly(whole, [sequence, other], length, precision);
    const size = base.length / 2;
    const against = (values: number[]) =>
      values.map((value, i) => value - base[Math.floor(i / (values.length / 2)) * size + (i % size)]);
    const expected = async (edit: Parameters<typeof mutants>[0], kinds = 'ACGT') =>
      against(await plainly(whole, mutants(edit, kinds), length, precision));
    const loose = tolerance * 10; // of differences, which are smaller than the outputs
    assertClose(found.unmutated, base, tolerance);
    assertClose(found.substitutions, await expected((s, at, a) => replaced(s, at, 1, a)), loose, 'substitutions');
    assertClose(found.insertions!, await expected((s, at, a) => replaced(s, at, 0, a)), loose, 'insertions');
    assertClose(found.deletions!, await expected((s, at) => replaced(s, at, 1, ''), '-'), loose, 'deletions');
  });

  it.each(models)('ends where a sequence ends: %s', async (_, model) => {
    const x = oneHot([sequence, `${other.slice(0, 11)}-----${other.slice(16)}`], precision);
    const options = { context: { lengths: tensor(Int32Array.of(17, 11)) }, deletions: true, insertions: true };
    const found = await mutagenesis(model, x, { ...options, batchSize: 16 });
    const expected = await mutagenesis(wholeOf(model), x, options);
    for (const kind of ['unmutated', 'substitutions', 'deletions', 'insertions'] as const)
      assertClose(found[kind]!, expected[kind]!, tolerance * 10, kind);
    const row = found.substitutions.length / 2;
    const beyond = found.substitutions.subarray(row + (row / 17) * 11);
    expect(beyond.every((value) => value === 0)).toBe(true);
    expect(found.substitutions.subarray(0, row).some((value) => value !== 0)).toBe(true);
  });

  it('shortens a sequence that knows its length', async () => {
    const model = recurrent(precision, 'state');
    const context = { lengths: tensor(Int32Array.of(11)) };
    const x = oneHot([other.slice(0, 11)], precision);
    const { deletions, unmutated } = await mutagenesis(model, x, { deletions: true, batchSize: 16, context });
    const lastDeleted = Array.from(deletions!.subarray(10 * 3), (value, o) => value + unmutated[o]);
    const tenLetters = await wholeOf(model)(oneHot([other.slice(0, 10)], precision)).data();
    assertClose(lastDeleted, tenLetters, tolerance);
  });

  it('gives each mutant the inputs of its sequence', async () => {
    const model = convolutional(precision);
    const x = oneHot([sequence, other], precision);
    const offset = draw(9, [2, 1], precision);
    const [plain, scaled] = [
      await mutagenesis(model, x),
      await mutagenesis(model, x, { context: { given: { offset } } }),
    ];
    const factors = await offset.data();
    const row = plain.substitutions.length / 2;
    assertClose(scaled.substitutions, Array.from(plain.substitutions, (value, i) => value * factors[Math.floor(i / row)]), tolerance * 10); // prettier-ignore
  });

  it.each(models)('does not depend on the batch that a sequence sits in: %s', async (_, model) => {
    const alone = await mutagenesis(model, oneHot([other], precision));
    const beside = await mutagenesis(model, oneHot([sequence, other, letters(9, 17)], precision), { batchSize: 7 });
    const row = alone.substitutions.length;
    assertClose(beside.substitutions.subarray(row, 2 * row), alone.substitutions, tolerance * 10);
  });

  it('computes no more than a mutant needs', async () => {
    const x = oneHot([letters(7, 64)], precision);
    const read: number[] = [];
    const { features, ...rest } = convolutional(precision, { padding: 'same' });
    const noting: Model = (y, context) => (read.push(y.shape[1]), features(y, context));
    await mutagenesis({ ...rest, features: noting }, x);
    // width 5 and then 3 see 7 letters; 7 features around a letter see 13
    expect([...new Set(read)]).toEqual([64, 13]);
    const walked: number[] = [];
    const { recurrence, head } = recurrent(precision, 'state');
    const run: typeof recurrence.run = (y, options) => (walked.push(y.shape[1]), recurrence.run(y, options));
    await mutagenesis({ recurrence: { run }, head }, x, { batchSize: 48 }); // 193 mutants: five starts, 13 letters apart
    expect([...new Set(walked)].sort((a, b) => a - b)).toEqual([12, 13, 25, 38, 51, 64]);
  });

  it('says how far it is, and ends where it is told to', async () => {
    const seen: [number, number][] = [];
    const x = oneHot([sequence], precision);
    const w = draw(1, [17, 4], precision);
    await mutagenesis(linear(w), x, { batchSize: 20, onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.map(([done]) => done)).toEqual([18, 36, 52]); // 51 mutants and the sequence, in three even batches
    expect(seen.every(([, total]) => total === 52)).toBe(true);
    const abort = new AbortController();
    const onProgress = (done: number) => done >= 18 && abort.abort(new Error('enough'));
    const ended = mutagenesis(linear(w), x, { batchSize: 20, signal: abort.signal, onProgress });
    await expect(ended).rejects.toThrow('enough');
  });

  it('says what is wrong', async () => {
    const model = convolutional(precision, { padding: 'same' });
    const x = oneHot([sequence], precision);
    const total: Model = (y: Tensor) => sum(y);
    await expect(mutagenesis(total, x)).rejects.toThrow('a row for each sequence, got []');
    await expect(mutagenesis(model, x.reshape([17, 4]))).rejects.toThrow(
      'mutagenesis: expected sequences [batch, length, letters], got [17, 4]',
    );
    const short = { ...model, reach: { size: 3, stride: 1, offset: -1 } };
    await expect(mutagenesis(short, x)).rejects.toThrow('take the receptiveField of the layers');
    const shifted = { ...model, reach: { ...model.reach, offset: 0 } };
    await expect(mutagenesis(shifted, x)).rejects.toThrow('take the receptiveField of the layers');
    const bent = { ...model, reach: { ...model.reach, stride: 1.5 } };
    await expect(mutagenesis(bent, x)).rejects.toThrow('expected a reach of whole numbers, size and stride ≥ 1, got');
    const lengths = tensor(Int32Array.of(3, 4));
    await expect(mutagenesis(model, x, { context: { lengths } })).rejects.toThrow('expected lengths [1], got [2]');
  });

  it('refuses a recurrence that does not walk forward', async () => {
    const { recurrence, head } = recurrent(precision, 'state');
    const backwards = {
      run: (x: Tensor, options: Context & { state?: { h: Tensor } }) => recurrence.run(x.flip(1), options),
    };
    await expect(mutagenesis({ recurrence: backwards, head }, oneHot([sequence], precision))).rejects.toThrow(
      'give a net that walks only forward',
    );
  });
}

function wholeOf<S>(model: Perturbable<S>): Model {
  if (typeof model === 'function') return model;
  if ('features' in model) return (x, context) => model.head(model.features(x, context), context);
  return (x, context = {}) => model.head(model.recurrence.run(x, context), context);
}

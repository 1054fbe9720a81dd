import { conv1d, cumsum, max, type Model, mul, Rng, sum, tensor, type Tensor } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { expect, it } from 'vitest';
import {
  ablation,
  bothStrands,
  brokenConsensus,
  drawnLetters,
  epistasis,
  marginalization,
  mutagenesis,
  occlusion,
  spacingScan,
  variantEffects,
} from '../../src/index';
import { convolutional, draw, letters, linear, numbers, oneHot, type Precision, toleranceOf } from './models';

const otherStrand = (sequence: string): string =>
  Array.from(sequence, (letter) => 'TGCA'['ACGT'.indexOf(letter)])
    .reverse()
    .join('');

/** Occlusion, motifs put in, sites taken out, variants and their pairs, on the default device. */
export function checkPerturbations(precision: Precision): void {
  const tolerance = toleranceOf(precision);
  /** The weight of letter a at position p is 10·p + a. */
  const ramp = numbers(Array.from({ length: 24 }, (_, i) => 10 * Math.floor(i / 4) + (i % 4)), [6, 4], precision); // prettier-ignore
  /** Number of As times number of Ts. */
  const product: Model = (x) => {
    const counts = sum(x, 1);
    return mul(counts.slice([0, 0], [undefined, 1]), counts.slice([0, 3], [undefined, 4]));
  };

  it('occlusion of a linear model takes away what the window adds', async () => {
    // A C G T A C weigh 0 11 22 33 40 51
    const x = oneHot(['ACGTAC'], precision);
    const zeros = await occlusion(linear(ramp), x, { window: 2, stride: 2 });
    expect([zeros.starts, zeros.shape]).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
    assertClose(zeros.differences, [-11, -55, -91], tolerance);
    assertClose(zeros.unmutated, [157], tolerance);
    const uniform = await occlusion(linear(ramp), x, { window: 4, stride: 3, fill: 'uniform' });
    assertClose(uniform.differences, [1.5 + 11.5 + 21.5 + 31.5 - 66, 31.5 + 41.5 + 51.5 - 124], tolerance); // the last is cut
    const background = await occlusion(linear(ramp), x, { window: 1, stride: 5, fill: [0, 0, 0.5, 0.5] });
    assertClose(background.differences, [2.5, 1.5], tolerance);
  });

  it('occlusion by shuffles leaves the composition alone and draws by the letters', async () => {
    const composition: Model = (x) => sum(x, 1);
    const x = oneHot(['ACGTACGT', 'AAAACCCC'], precision);
    const options = { window: 5, fill: 'shuffle', repeats: 3, rng: new Rng(4) } as const;
    const { differences, shape } = await occlusion(composition, x, options);
    expect(shape).toEqual([2, 8, 4]);
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(1e-6);
    const w = draw(1, [8, 4], precision);
    const beside = await occlusion(linear(w), x, options);
    const alone = await occlusion(linear(w), x.slice([1]), options);
    assertClose(alone.differences, beside.differences.subarray(8), tolerance);
    expect(alone.differences.some((value) => Math.abs(value) > 0.1)).toBe(true);
  });

  it('occlusion covers the same in windows of features', async () => {
    const model = convolutional(precision, { padding: 'same', pool: 2 });
    const whole: Model = (x, context) => model.head(model.features(x, context), context);
    const x = oneHot([letters(1, 21), letters(2, 21)], precision);
    const options = { window: 4, stride: 3 };
    const [found, expected] = [await occlusion(model, x, options), await occlusion(whole, x, options)];
    assertClose(found.differences, expected.differences, tolerance * 10);
  });

  it('a motif in a linear model is worth what its letters differ from the background', async () => {
    const x = oneHot(['AAAAAA', 'CCCCCC', 'AAAAAC'], precision);
    const found = await marginalization(linear(ramp), x, { motif: 'GT', positions: [0, 4] });
    expect(found.shape).toEqual([3, 2]);
    assertClose(found.differences, [5, 5, 3, 3, 5, 4], tolerance);
    assertClose(found.mean, [13 / 3, 4], tolerance);
    // deviations ⅔ −4⁄3 ⅔: variance 4⁄3; 1 −1 0: variance 1; over √3
    assertClose(found.standardError, [2 / 3, 1 / Math.sqrt(3)], tolerance);
    const middle = await marginalization(linear(ramp), x, { motif: [[0, 0, 0, 1], [0, 0, 0.5, 0.5]] }); // prettier-ignore
    expect(middle.positions).toEqual([2]);
    assertClose(middle.differences, [5.5, 3.5, 5.5], tolerance);
  });

  it('ablation replaces a site and averages', async () => {
    const x = oneHot(['ACGTAC', 'TTTTTT'], precision);
    const broken = await ablation(linear(ramp), x, [{ sequence: 0, start: 1, end: 3 }], {
      by: brokenConsensus([[0.1, 0.7, 0.1, 0.1], [0.3, 0.1, 0.5, 0.1]]), // prettier-ignore
      repeats: 1,
    });
    assertClose(broken.mean, [10 + 21 - 33], tolerance); // A for C, and C for G
    const sites = [
      { sequence: 1, start: 0, end: 6 },
      { sequence: 0, start: 0, end: 6 },
    ];
    const w = draw(5, [6, 4], precision);
    const { mean, standardError, shape } = await ablation(linear(w), x, sites, { repeats: 40 });
    expect(shape).toEqual([40, 2]);
    assertClose([mean[0], standardError[0]], [0, 0], 1e-6); // T T T T T T in any order
    const weights = await w.data(); // at each position the shuffles of A C G T A C have ⅓ A, ⅓ C, ⅙ G, ⅙ T in the mean
    const expected = [...'ACGTAC'].map((letter, position) => {
      const [a, c, g, t] = weights.subarray(4 * position, 4 * position + 4);
      return a / 3 + c / 3 + g / 6 + t / 6 - weights[4 * position + 'ACGT'.indexOf(letter)];
    });
    const total = expected.reduce((sum, difference) => sum + difference, 0);
    expect(Math.abs(mean[1] - total)).toBeLessThan(4 * standardError[1]);
    expect(standardError[1]).toBeLessThan(1);
    const onlyG = await ablation(linear(ramp), x, [sites[0]], { by: drawnLetters([0, 0, 1, 0]), repeats: 2 });
    assertClose([onlyG.mean[0], onlyG.standardError[0]], [-6, 0], tolerance);
  });

  it('a variant of a linear model is worth the difference of its weights', async () => {
    const x = oneHot(['ACGTAC', 'TTTTTT'], precision);
    const { effects, reference, alternative, shape } = await variantEffects(linear(ramp), x, [
      { sequence: 0, position: 2, ref: 'G', alt: 'T' },
      { sequence: 1, position: 0, ref: 'TTT', alt: 'ACG' },
      { sequence: 0, position: 4, ref: 'AC', alt: '' },
      { sequence: 0, position: 1, ref: '', alt: 'GG' },
    ]);
    expect(shape).toEqual([4]);
    // A G G C G T: 0 12 22 31 42 53; the last two letters are lost
    assertClose(effects, [1, -6, -91, 160 - 157], tolerance);
    assertClose(reference, [157, 168, 157, 157], tolerance);
    assertClose(alternative, [158, 162, 66, 160], tolerance);
  });

  it('no variants have no effects', async () => {
    const { effects, shape } = await variantEffects(linear(ramp), oneHot(['ACGTAC'], precision), []);
    expect([effects.length, shape]).toEqual([0, [0]]);
  });

  it('a variant whose reference is not there is refused', async () => {
    const x = oneHot(['ACGTAC', 'TTNTTT'], precision);
    const effect = (variant: object) =>
      variantEffects(linear(ramp), x, [{ sequence: 0, position: 2, ref: 'G', alt: 'T', ...variant }]);
    await expect(effect({ ref: 'C' })).rejects.toThrow(
      'variantEffects: variant 0: expected the reference "C" at position 2 of sequence 0, found "G"; positions count from 0',
    );
    await expect(effect({ sequence: 1, ref: 'TN' })).rejects.toThrow('found "?T"');
    await expect(effect({ sequence: 2 })).rejects.toThrow('expected a sequence of 0 … 1, got 2');
    await expect(effect({ position: 5, ref: 'CA' })).rejects.toThrow('2 letters lie within the 6 of sequence 0, got 5');
    await expect(effect({ alt: 'X' })).rejects.toThrow('expected letters of ACGT, got "X" in "X"');
  });

  it('averages over both strands', async () => {
    const w = draw(2, [7, 4], precision);
    const sequence = letters(3, 7);
    const model = bothStrands(linear(w));
    const there = await model(oneHot([sequence], precision)).data();
    const back = await model(oneHot([otherStrand(sequence)], precision)).data();
    assertClose(back, there, tolerance);
    const both = await linear(w)(oneHot([sequence, otherStrand(sequence)], precision)).data();
    assertClose(there, [(both[0] + both[1]) / 2], tolerance);
    const padded = oneHot([`${sequence.slice(0, 5)}NN`], precision);
    const short = await model(padded, { lengths: tensor(Int32Array.of(5)) }).data();
    const apart = await linear(w)(oneHot([`${sequence.slice(0, 5)}NN`, `${otherStrand(sequence.slice(0, 5))}NN`], precision)).data(); // prettier-ignore
    assertClose(short, [(apart[0] + apart[1]) / 2], tolerance);
  });

  it('a variant means the same on either strand', async () => {
    const model = convolutional(precision);
    const sequence = letters(3, 17);
    const [ref, alt] = [sequence[4], sequence[4] === 'A' ? 'C' : 'A'];
    const options = { strands: 'both' } as const;
    const forward = await variantEffects(model, oneHot([sequence], precision), [{ sequence: 0, position: 4, ref, alt }], options); // prettier-ignore
    const turned = { sequence: 0, position: 12, ref: otherStrand(ref), alt: otherStrand(alt) };
    const reverse = await variantEffects(model, oneHot([otherStrand(sequence)], precision), [turned], options);
    assertClose(reverse.effects, forward.effects, tolerance * 10);
    expect(Math.abs(forward.effects[0])).toBeGreaterThan(1e-3);
  });

  it('two variants of an additive model do not interact, those of a product by the product of their effects', async () => {
    const x = oneHot(['AACGTT', 'ACGTAC'], precision);
    const variants = [
      { sequence: 0, position: 5, ref: 'T', alt: 'G' },
      { sequence: 0, position: 0, ref: 'AA', alt: 'CG' },
      { sequence: 1, position: 0, ref: 'A', alt: 'C' },
      { sequence: 0, position: 1, ref: 'A', alt: 'C' },
    ];
    const additive = await epistasis(linear(ramp), x, variants);
    expect(additive.pairs).toEqual([
      [1, 0],
      [3, 0],
    ]); // of one sequence, and not overlapping
    assertClose(additive.epistasis, [0, 0], 1e-4);
    const found = await epistasis(product, x, variants);
    expect(found.shape).toEqual([2, 1]);
    assertClose(found.singles, [-2, -4, -1, -2], tolerance); // 2 As · 2 Ts, and 2 · 1
    assertClose(found.epistasis, [2, 1], tolerance); // two As fewer · one T fewer; one · one
    assertClose(found.doubles, [-4, -3], tolerance);
    const indels = [
      { sequence: 0, position: 0, ref: 'A', alt: '' },
      { sequence: 0, position: 4, ref: '', alt: 'TG' },
    ];
    const moved = await epistasis(linear(ramp), x, indels);
    // A A C G T T: 0 10 21 32 43 53 = 159; A C G T T -: 110; A A C G T G: 158; A C G T G T: 0 11 22 33 42 53 = 161
    assertClose(moved.singles, [0 + 11 + 22 + 33 + 43 - 159, -1], tolerance);
    assertClose(moved.doubles, [161 - 159], tolerance);
    const overlapping = epistasis(product, x, variants, { pairs: [[1, 3]] });
    await expect(overlapping).rejects.toThrow('two variants of one sequence that do not overlap, got 1 and 3');
  });

  it('a spacing scan finds the distance, the order and the strands at which two motifs act together', async () => {
    // One filter that is 4 on A C . . G T, where no other pair of AC and GT is
    const w = new Array<number>(24).fill(0);
    for (const [position, letter] of [[0, 0], [1, 1], [4, 2], [5, 3]]) w[letter * 6 + position] = 1; // prettier-ignore
    const filter = numbers(w, [1, 4, 6], precision);
    const model: Model = (x) => max(conv1d(x, filter), 1).sub(3).maximum(0);
    const x = oneHot(['TTTTTTTTTTTT', 'AAAAAAAAAAAA'], precision);
    const found = await spacingScan(model, x, { first: 'AC', second: 'GT' });
    expect(found.gaps).toEqual([0, 1, 2, 3]);
    expect(found.shape).toEqual([2, 4, 4, 1]);
    // GT is the other strand of AC: a − of either is the other. Order, strands and gap of A C . . G T:
    const hits = [['first-second', '++'], ['second-first', '--']]; // prettier-ignore
    const expected = ['first-second', 'second-first'].flatMap((order) =>
      ['++', '+-', '-+', '--'].flatMap((strands) =>
        [0, 1, 2, 3].map((gap) => Number(gap === 2 && hits.some(([o, s]) => o === order && s === strands))),
      ),
    );
    assertClose(found.joint.mean, expected, tolerance);
    assertClose(found.interaction.mean, expected, tolerance);
    assertClose(found.joint.standardError, expected.map(() => 0), 1e-6); // prettier-ignore
    const additive = await spacingScan(linear(draw(1, [12, 4], precision)), x, { first: 'ACG', second: 'GT', gaps: [1] }); // prettier-ignore
    expect(Math.max(...additive.interaction.mean.map(Math.abs))).toBeLessThan(1e-5);
    expect(Math.max(...additive.joint.mean.map(Math.abs))).toBeGreaterThan(0.1);
    const wide = spacingScan(model, x, { first: 'AC', second: 'GT', gaps: [4] });
    await expect(wide).rejects.toThrow('spacingScan: expected a place for 2 letters within 12, got 11 to 13');
  });

  it('saturation hides letters from none of them', async () => {
    // y = min(Σ A, 1): one of two As is not missed, both are
    const model: Model = (x: Tensor) => sum(x, 1).slice([0, 0], [undefined, 1]).minimum(1);
    const x = oneHot(['ACA'], precision);
    const { substitutions } = await mutagenesis(model, x);
    expect(Math.max(...substitutions.map(Math.abs))).toBe(0);
    const variants = [0, 2].map((position) => ({ sequence: 0, position, ref: 'A', alt: 'C' }));
    const pairs = await epistasis(model, x, variants);
    assertClose(pairs.doubles, [-1], tolerance);
    assertClose(pairs.epistasis, [-1], tolerance);
  });

  it('reads what is behind a deletion at its new place', async () => {
    const positions: Model = (x) => sum(mul(cumsum(sum(x, 2), 1), x.slice([0, 0, 3]).reshape([x.shape[0], -1])), 1);
    const { effects, reference } = await variantEffects(positions, oneHot(['ACGT'], precision), [
      { sequence: 0, position: 0, ref: 'AC', alt: '' },
    ]);
    assertClose(reference, [4], tolerance); // T is the fourth letter
    assertClose(effects, [-2], tolerance);
  });
}

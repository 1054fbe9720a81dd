import { Rng, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { EachStrand, LSTM, otherStrand, RCConv1d, Sequential } from '../src/index';
import { checkAverage, checkStack, checkStrands, stacks } from './strands';
import { rows } from './support';

/** ACGTT, and a row of two letters. */
const twoRows = tensor(
  [
    [0, 1, 2, 3, 3],
    [0, 0, 9, 9, 9],
  ].map((row) => row.map((letter) => [0, 1, 2, 3].map((k) => (letter === 9 ? NaN : Number(k === letter))))),
);

describe('both strands are treated alike', () => {
  checkStrands();

  it('whatever the weights are', async () => {
    for (const make of Object.values(stacks))
      for (let seed = 0; seed < 20; seed++) await checkStack(make(new Rng(seed)));
  });

  const rng = new Rng(6);
  it('by an LSTM on each', () =>
    checkStack(
      new Sequential(
        new RCConv1d({ in: 4, out: 6, width: 3, rng }),
        new EachStrand(new LSTM({ in: 3, hidden: 5, rng })),
      ),
    ));
  it('by the average of an LSTM', () => checkAverage(new LSTM({ in: 4, hidden: 2, direction: 'bidirectional', rng })));
});

describe('otherStrand', () => {
  const spell = async (x: typeof twoRows) => {
    const data = await x.data();
    const at = (i: number) => 'ACGT'.at([0, 1, 2, 3].findIndex((k) => data[4 * i + k] === 1)) ?? '';
    const letter = (i: number) => (data.slice(4 * i, 4 * i + 4).some((value) => value === 1) ? at(i) : '-');
    return Array.from({ length: data.length / 4 }, (_, i) => letter(i)).join('');
  };

  it('reads ACGTT as AACGT, each row within its own length', async () => {
    expect(await spell(otherStrand(twoRows, rows([5, 2])))).toBe('AACGTTT---');
    expect(await spell(otherStrand(twoRows.slice([0], [1])))).toBe('AACGT');
  });
});

describe('RCConv1d', () => {
  const make = (options: object) => () => new RCConv1d({ in: 4, out: 4, width: 3, rng: new Rng(1), ...options });

  it('says what would tell the strands apart', () => {
    expect(make({ out: 3 })).toThrow('RCConv1d: expected an even number of channels to give, got 3');
    expect(make({ width: 4, padding: 'same' })).toThrow('expected an odd width');
  });

  it('has half as many filters as channels', () => {
    expect(make({})().weight.shape).toEqual([2, 4, 3]);
  });
});

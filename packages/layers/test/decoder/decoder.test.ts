import {
  explain,
  grad,
  logSoftmax,
  normal,
  realize,
  Rng,
  slice,
  stack,
  sum,
  takeAlong,
  taps,
  tensor,
  type Tensor,
} from '@hairpin/tensors';
import { assertClose, checkGradient, distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { Decoder, EncoderDecoder, GRU, GRUCell, type Hypothesis, LSTMCell, type MakeCell } from '../../src/index';
import { lengthPenalty } from '../../src/decoder/hypotheses';
import { draw64, rows, same } from '../support';

const [vocabulary, start, end] = [4, 0, 3];
const rng = new Rng(3);

/** A small net with random weights, large enough that its choices differ from source to source. */
function random(inputFeeding: boolean, cell: MakeCell): EncoderDecoder {
  const options = { rng, dtype: 'f64' } as const;
  const encoder = new GRU({ in: 2, hidden: 3, direction: 'bidirectional', ...options });
  const decoder = new Decoder({ vocabulary, embed: 3, memory: 6, cell, inputFeeding, start, end, ...options });
  const net = new EncoderDecoder({ encoder, decoder });
  for (const parameter of Object.values(net.parameters()))
    parameter.assign(normal(rng, parameter.shape, 0, 1).cast('f64'));
  return net;
}

const nets = {
  'attention after the loop, LSTM': random(false, (n) => new LSTMCell({ in: n, hidden: 4, rng, dtype: 'f64' })),
  'input feeding, GRU': random(true, (n) => new GRUCell({ in: n, hidden: 5, rng, dtype: 'f64' })),
};

const x = draw64(2, [3, 5, 2]);
const lengths = rows([5, 2, 4]);
const row = (t: Tensor, i: number): Tensor => slice(t, [i], [i + 1]);
const tokens = (...lines: number[][]) => tensor(lines.flat(), { shape: [lines.length, lines[0].length], dtype: 'i32' });

/** All targets of at most `longest` tokens that end, or are as long as that. */
function everyTarget(longest: number): number[][] {
  const begun = (length: number): number[][] =>
    length === 0 ? [[]] : begun(length - 1).flatMap((head) => [0, 1, 2].map((token) => [...head, token]));
  const ended = Array.from({ length: longest }, (_, n) => begun(n).map((head) => [...head, end])).flat();
  return [...ended, ...begun(longest)];
}

const written = ({ tokens, isComplete }: Hypothesis) => (isComplete ? [...tokens, end] : [...tokens]);
const scoresOf = (list: readonly Hypothesis[]) => list.map(({ score }) => score);

/** log P of each target, for one row of x. */
async function forcedScores(net: EncoderDecoder, i: number, targets: number[][]): Promise<number[]> {
  const scored = targets.map((target) => net.score(row(x, i), tokens(target), { lengths: row(lengths, i) }));
  await realize(...scored);
  return Promise.all(scored.map((t) => t.item()));
}

describe.each(Object.entries(nets))('EncoderDecoder, %s', (_, net) => {
  it.each([0, 3])(
    'finds with a beam as wide as all prefixes what a search through all finds, alpha %d',
    async (alpha) => {
      const longest = 3;
      const all = everyTarget(longest);
      const found = await net.beam(x, { width: all.length, maxLength: longest, alpha, lengths });
      for (let i = 0; i < 3; i++) {
        const logP = await forcedScores(net, i, all);
        const expected = all
          .map((target, k) => ({ target, score: logP[k] / lengthPenalty(target.length, alpha) }))
          .sort((a, b) => b.score - a.score);
        expect(found[i].map(written)).toEqual(expected.map(({ target }) => target));
        assertClose(
          scoresOf(found[i]),
          expected.map(({ score }) => score),
          1e-12,
        );
      }
      expect(new Set(found.map((list) => list.map(written).join(' '))).size).toBe(3); // each source ranks in its own way
    },
  );

  it('is greedy with a beam of width 1, and greedy takes the likeliest token at each step', async () => {
    const greedy = await net.greedy(x, { maxLength: 6, lengths });
    const beam = await net.beam(x, { width: 1, maxLength: 6, lengths, alpha: 0.7 });
    expect(greedy.map(written)).toEqual(beam.map(([best]) => written(best)));
    for (const [i, hypothesis] of greedy.entries()) {
      const target = written(hypothesis);
      const logits = net.force(row(x, i), tokens(target), { lengths: row(lengths, i) });
      expect(Array.from(await logits.argmax(2).data())).toEqual(target);
    }
  });

  it('gives a sequence that it wrote the score of forced decoding', async () => {
    const found = await net.beam(x, { width: 4, maxLength: 5, lengths });
    for (const [i, list] of found.entries()) {
      expect(list.length).toBe(4);
      const logP = list.map(({ logProbability }) => logProbability);
      assertClose(logP, await forcedScores(net, i, list.map(written)), 1e-12);
    }
  });

  it('searches and scores a batch as its rows, with NaN beyond their lengths', async () => {
    const own = [5, 2, 4];
    const padding = own.map((n) => Array.from({ length: 5 }, (_, i) => [i < n ? 0 : NaN]));
    const padded = x.add(tensor(padding, { dtype: 'f64' }));
    const together = await net.beam(padded, { width: 3, maxLength: 4, lengths });
    for (const [i, n] of own.entries()) {
      const [alone] = await net.beam(slice(x, [i, 0], [i + 1, n]), { width: 3, maxLength: 4 });
      expect(together[i].map(written)).toEqual(alone.map(written));
      assertClose(scoresOf(together[i]), scoresOf(alone), 1e-12);
    }
    const target = tokens([1, 3], [2, 1], [0, 3]);
    const loss = (wrt: Record<string, Tensor>) => sum(net.score(wrt.x, target, { lengths }));
    const gradients = (source: Tensor) =>
      grad(loss)({ x: source, ...(net.parameters() as unknown as Record<string, Tensor>) });
    const [a, b] = [gradients(padded), gradients(x)];
    for (const name of Object.keys(b)) await same(a[name], b[name], 1e-12);
  });

  it('adds up log P of the tokens up to the first end', async () => {
    const target = tokens([1, 3, 2], [3, 3, 3], [0, 1, 2]);
    const logP = logSoftmax(net.force(x, target));
    const own = Array.from(await takeAlong(logP, target.reshape([3, 3, 1]), 2).data());
    const expected = [own[0] + own[1], own[3], own[6] + own[7] + own[8]];
    assertClose(await net.score(x, target).data(), expected, 1e-12);
  });

  it('has the gradient of central differences under teacher forcing', async () => {
    const target = tokens([2, 1, 3], [0, 3, 0], [1, 1, 3]);
    const logits = ({ x }: { x: Tensor }) => net.force(x, target, { lengths });
    await checkGradient(logits, { x, ...net.parameters() }, { elements: 2 });
  });

  it('is led as it leads itself, and shows where each step looks', async () => {
    const target = tokens([1, 2], [2, 1], [0, 3]);
    const logits = net.force(x, target, { lengths });
    const [{ name, value }] = taps(logits);
    expect([name, value.shape]).toEqual(['attention', [3, 2, 5]]);
    await realize(logits, value);
    assertClose(await sum(value, 2).data(), Array<number>(6).fill(1), 1e-12);
    expect(Array.from((await value.data()).slice(10 + 2, 10 + 5))).toEqual([0, 0, 0]); // the second row has two positions
    const memory = net.encode(x, { lengths });
    const first = net.decoder.step(memory.start, net.decoder.embedStart(3), memory);
    const second = net.decoder.step(first.state, net.decoder.embed(tensor(Int32Array.of(1, 2, 0))), memory);
    await same(stack([first.logits, second.logits], 1), logits, 1e-12);
  });
});

describe('EncoderDecoder', () => {
  const net = nets['input feeding, GRU'];

  it('keeps attention out of the loop unless it feeds the cell', async () => {
    const target = tokens([1, 2], [2, 1], [0, 3]);
    const ops = async (which: keyof typeof nets) => {
      const { loops } = await explain(nets[which].force(x, target));
      return loops.map(({ body }) => 'max' in body).filter(Boolean).length;
    };
    expect(await ops('attention after the loop, LSTM')).toBe(0);
    expect(await ops('input feeding, GRU')).toBe(1);
  });

  it('says what it misses', () => {
    expect(() => net.forward(x)).toThrow('needs context.given.target');
    expect(() => net.force(x, tokens([1]))).toThrow(
      'EncoderDecoder: expected a target [3, steps] as i32, got Tensor(i32[1, 1])',
    );
    expect(() => net.beam(x, { width: 0, maxLength: 3 })).toThrow('width to be a whole number ≥ 1, got 0');
    const options = { vocabulary: 3, embed: 1, memory: 2, start: 0, end: 3, rng };
    const cell: MakeCell = (inputs) => new GRUCell({ in: inputs, hidden: 1, rng });
    expect(() => new Decoder({ ...options, cell })).toThrow('Decoder: expected end to be one of the 3 tokens, got 3');
    expect(() => new Decoder({ ...options, end: 2, cell: () => cell(7) })).toThrow(
      'reads 1 channels, got one that reads 7',
    );
  });
});

describe.each(Object.entries(nets))('scheduled sampling, %s', (_, net) => {
  const target = tokens([1, 2, 1, 2, 1], [2, 1, 0, 1, 2], [0, 0, 1, 1, 2]);
  const forced = net.force(x, target);

  it('with probability 0 is teacher forcing, for numbers and for rows', async () => {
    await same(net.force(x, target, { sampling: 0 }), forced);
    const sampling = tensor([0, 0, 0]);
    await same(net.force(x, target, { sampling, rng: new Rng(1) }), forced, 1e-12);
    await same(net.forward(x, { given: { target, sampling }, rng: new Rng(1) }), forced, 1e-12);
  });

  it('leaves the first step and rows without it alone', async () => {
    const drawn = net.force(x, target, { sampling: tensor([1, 0, 1]), rng: new Rng(1) });
    await same(row(drawn, 1), row(forced, 1), 1e-12);
    await same(slice(drawn, [0, 0], [3, 1]), slice(forced, [0, 0], [3, 1]), 1e-12);
    expect(distance(await drawn.data(), await forced.data())).toBeGreaterThan(1e-2);
  });

  it('draws tokens as often as the scores say', async () => {
    const count = 4000;
    const many = row(x, 0).broadcastTo([count, 5, 2]);
    const logits = net.force(many, tokens([1, 1]).broadcastTo([count, 2]), { sampling: 1, rng: new Rng(7) });
    const p = await logSoftmax(slice(logits, [0, 0], [1, 1])).exp().data(); // prettier-ignore
    const second = (first: number) => slice(net.force(row(x, 0), tokens([first, 1])), [0, 1]).data();
    const expected = await Promise.all([0, 1, 2, 3].map(second));
    const data = await slice(logits, [0, 1]).data();
    const seen = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const own = data.slice(i * vocabulary, (i + 1) * vocabulary);
      seen[expected.findIndex((logit) => distance(own, logit) < 1e-9)]++;
    }
    seen.forEach((n, token) => {
      const error = Math.sqrt((p[token] * (1 - p[token])) / count);
      expect(Math.abs(n / count - p[token])).toBeLessThan(4 * error); // four standard errors
    });
  });

  it('asks for a generator', () => {
    expect(() => net.force(x, target, { sampling: 0.5 })).toThrow('scheduled sampling needs context.rng');
  });
});

import {
  add,
  div,
  grad,
  mul,
  type Parameter,
  parameter,
  realize,
  Rng,
  sqrt,
  square,
  sub,
  tensor,
  type Tensor,
  zeros,
} from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { Decoder, EncoderDecoder, GRU, GRUCell } from '../../src/index';

/*
 * Words of two to four letters are to be written backwards: the last step of writing depends on the first of reading, and the
 * place to look at moves against the direction of writing.
 */

const letters = 3;
const [start, end] = [letters, letters + 1];
const longest = 4;

/** Random words as one-hot letters, and what is to be written. */
function draw(rng: Rng, batch: number) {
  const word = () => Array.from({ length: 2 + rng.integer(longest - 1) }, () => rng.integer(letters));
  const words = Array.from({ length: batch }, word);
  const oneHot = (letter: number | undefined) => Array.from({ length: letters }, (_, k) => Number(k === letter));
  const padded = words.map((own) => Array.from({ length: longest }, (_, i) => oneHot(own[i])));
  const targets = words.map((own) => [...own.toReversed(), ...Array<number>(longest + 1 - own.length).fill(end)]);
  return {
    words,
    x: tensor(padded),
    lengths: tensor(Int32Array.from(words, (own) => own.length)),
    target: tensor(targets, { dtype: 'i32' }),
  };
}

/** A step of Adam (Kingma & Ba 2015). */
function adam(weights: Record<string, Parameter>, rate: number) {
  const moments = Object.values(weights).map((weight) => [weight, zeroLike(weight), zeroLike(weight)] as const);
  let t = 0;
  return async (gradients: readonly Tensor[]) => {
    t++;
    moments.forEach(([weight, first, second], i) => {
      first.assign(add(mul(first, 0.9), mul(gradients[i], 0.1)));
      second.assign(add(mul(second, 0.999), mul(square(gradients[i]), 0.001)));
      const [m, v] = [div(first, 1 - 0.9 ** t), div(second, 1 - 0.999 ** t)];
      weight.assign(sub(weight, mul(div(m, add(sqrt(v), 1e-8)), rate)));
    });
    await realize(...moments.flat());
  };
}

const zeroLike = ({ shape }: Parameter) => parameter(zeros(shape));

function makeNet(inputFeeding: boolean, rng: Rng): EncoderDecoder {
  const encoder = new GRU({ in: letters, hidden: 12, direction: 'bidirectional', rng });
  const cell = (inputs: number) => new GRUCell({ in: inputs, hidden: 24, rng });
  const decoder = new Decoder({ vocabulary: letters + 2, embed: 6, memory: 24, cell, inputFeeding, start, end, rng });
  return new EncoderDecoder({ encoder, decoder });
}

describe('writing words backwards', () => {
  it.each([
    ['attention after the loop', false, 0],
    ['input feeding and scheduled sampling', true, 0.25],
  ])('is learned, %s', async (_, inputFeeding, sampling) => {
    const rng = new Rng(5);
    const net = makeNet(inputFeeding, rng);
    const weights = net.parameters();
    const step = adam(weights, 0.01);
    for (let i = 0; i < 150; i++) {
      const { x, lengths, target } = draw(rng, 32);
      const options = { lengths, rng, given: { target, sampling: zeros([32]).add(sampling) } };
      const loss = (_: typeof weights) => {
        const logP = sampling === 0 ? net.score(x, target, { lengths }) : scoreOf(net.forward(x, options), target);
        return logP.mean().neg();
      };
      await step(Object.values(grad(loss)(weights)));
    }
    const { words, x, lengths } = draw(new Rng(6), 100);
    const written = await net.greedy(x, { lengths, maxLength: longest + 1 });
    const right = words.filter(
      (word, i) => written[i].isComplete && written[i].tokens.join() === word.toReversed().join(),
    );
    expect(right.length).toBeGreaterThan(95);
  });
});

/** log P of each target with its end, from logits. */
function scoreOf(logits: Tensor, target: Tensor): Tensor {
  return logits
    .logSoftmax()
    .takeAlong(target.reshape([...target.shape, 1]), 2)
    .sum([1, 2]);
}

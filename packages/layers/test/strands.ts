import { normal, realize, relu, Rng, type Tensor, tanh } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { expect, it } from 'vitest';
import {
  AvgPool1d,
  BatchNorm1d,
  clearBeyond,
  Conv1d,
  DilatedStack,
  EachStrand,
  GlobalMaxPool,
  GlobalMeanPool,
  type Layer,
  LayerNorm,
  Linear,
  MaxPool1d,
  otherStrand,
  RCConv1d,
  Residual,
  reverseComplementAverage,
  Sequential,
  type Step,
  StrandMax,
  StrandMean,
} from '../src/index';
import { run } from '../src/step';
import { rows } from './support';

const rcConv = (rng: Rng, inputs: number, width: number, dilation = 1) =>
  new RCConv1d({ in: inputs, out: 6, width, dilation, padding: 'same', rng });

/** Stacks that treat both strands alike, each for 24 letters. */
export const stacks: Readonly<Record<string, (rng: Rng) => Step>> = {
  'a convolution': (rng) => new RCConv1d({ in: 4, out: 6, width: 5, rng }),
  'a circular one of a circular one': (rng) =>
    new Sequential(
      new RCConv1d({ in: 4, out: 6, width: 5, padding: 'circular', rng }),
      tanh,
      new RCConv1d({ in: 6, out: 2, width: 2, dilation: 4, padding: 'circular', rng }),
    ),
  'convolutions, pools and ReLU': (rng) =>
    new Sequential(
      ...[new RCConv1d({ in: 4, out: 8, width: 4, dilation: 3, rng }), relu, new MaxPool1d({ width: 3 })],
      ...[new RCConv1d({ in: 8, out: 4, width: 2, rng }), tanh, new AvgPool1d({ width: 2 })],
    ),
  'a dilated residual stack with norms': (rng) => {
    const block = (dilation: number) =>
      new Residual(new Sequential(new EachStrand(new LayerNorm({ channels: 3 })), relu, rcConv(rng, 6, 3, dilation)));
    return new Sequential(rcConv(rng, 4, 3), new DilatedStack(block, { layers: 3 }));
  },
};

/** Stacks whose answer is the same for either strand. */
const answers: Readonly<Record<string, (rng: Rng) => Step>> = {
  'the largest anywhere, the better strand': (rng) =>
    new Sequential(rcConv(rng, 4, 5), new GlobalMaxPool(), new StrandMax(), new Linear({ in: 3, out: 2, rng })),
  'the mean over positions and strands': (rng) =>
    new Sequential(rcConv(rng, 4, 5), relu, new GlobalMeanPool(), new StrandMean(), new Linear({ in: 3, out: 2, rng })),
};

async function agree(a: Tensor, b: Tensor, tolerance: number): Promise<void> {
  await realize(a, b);
  expect(a.shape).toEqual(b.shape);
  assertClose(await a.data(), await b.data(), tolerance);
}

/** f(rc x) = rc f(x). */
export async function checkStack(net: Step): Promise<void> {
  const x = draw();
  await agree(run(net, otherStrand(x), {}), otherStrand(run(net, x, {})), 1e-6);
}

/** The average of a model over the strands, for rows and for positions, is the same to the last bit. */
export async function checkAverage(layer: Layer): Promise<void> {
  const x = draw();
  const context = { lengths: rows([24, 7, 12]) };
  const ofRows = reverseComplementAverage(new Sequential(layer, new GlobalMeanPool()).model);
  await agree(ofRows(otherStrand(x, context.lengths), context), ofRows(x, context), 0);
  const perPosition = reverseComplementAverage(layer.model, { back: otherStrand });
  await agree(perPosition(otherStrand(x)), otherStrand(perPosition(x)), 0);
}

const draw = () => normal(new Rng(8), [3, 24, 4]);

/** That strands are treated alike, on the default device. */
export function checkStrands(): void {
  const x = draw();

  it.each(Object.entries(stacks))('%s: f(rc x) = rc f(x)', (_, make) => checkStack(make(new Rng(3))));

  it.each(Object.entries(answers))('%s: f(rc x) = f(x)', async (_, make) => {
    const net = make(new Rng(3));
    await agree(run(net, otherStrand(x), {}), run(net, x, {}), 1e-6);
  });

  it('so it is within the lengths of rows', async () => {
    const net = new Sequential(
      rcConv(new Rng(3), 4, 3),
      relu,
      new RCConv1d({ in: 6, out: 4, width: 4, rng: new Rng(4) }),
    );
    const lengths = rows([24, 7, 12]);
    const after = net.lengthsAfter(lengths);
    const there = net.forward(otherStrand(x, lengths), { lengths });
    await agree(otherStrand(there, after), clearBeyond(net.forward(x, { lengths }), after), 1e-6);
  });

  it('so it is while statistics are those of the batch', async () => {
    const net = new Sequential(rcConv(new Rng(3), 4, 3), new EachStrand(new BatchNorm1d({ channels: 3 })));
    const context = { training: true };
    await agree(net.forward(otherStrand(x), context), otherStrand(net.forward(x, context)), 1e-6);
  });

  it('the average over strands is the same to the last bit', () =>
    checkAverage(new Conv1d({ in: 4, out: 4, width: 3, padding: 'same', rng: new Rng(6) })));
}

import { compile, grad, mul, normal, realize, Rng, sum, type Tensor } from '@hairpin/tensors';
import { dispatchesDuring } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { GRU, LSTM, type Recurrent, RNN } from '../src/index';
import { gpu, onWebGpu } from './webgpu';

const [batch, channels, hidden] = [4, 4, 8];
const rng = new Rng(1);
const options = { in: channels, hidden, rng };
const matrices = 2; // of each of these layers, from the input and from the state
const nets: Record<string, () => Recurrent> = {
  RNN: () => new RNN(options),
  LSTM: () => new LSTM(options),
  'GRU, reset after': () => new GRU(options),
};

/** Dispatches of a compiled step that gives every gradient of a layer for a cotangent of its output, by name. */
async function dispatches(net: Recurrent, length: number): Promise<Readonly<Record<string, number>>> {
  const draw = (width: number) => normal(new Rng(length), [batch, length, width], 0, 1, { device: gpu! });
  const [x, dy] = [draw(channels), draw(net.layers[0].reverse ? 2 * hidden : hidden)];
  await realize(x, dy, ...Object.values(net.parameters()));
  const step = compile((given: Tensor, cotangent: Tensor) =>
    grad((wrt: { x: Tensor; parameters: ReturnType<Recurrent['parameters']> }) =>
      sum(mul(net.forward(wrt.x), cotangent)),
    )({ x: given, parameters: net.parameters() }),
  );
  await step(x, dy); // compiles, and draws the parameters
  const counts = await dispatchesDuring(gpu!, () => step(x, dy));
  step.dispose();
  return counts;
}

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();

  it.each(Object.entries(nets))(
    '%s: forward and backward are at most six dispatches and one for each matrix, whatever the length',
    async (_, make) => {
      const net = make();
      const short = await dispatches(net, 64);
      expect(short.scan).toBe(2);
      expect(total(short), JSON.stringify(short)).toBeLessThanOrEqual(6 + matrices);
      expect(await dispatches(net, 512)).toEqual(short);
    },
  );

  it('both directions of a net are one dispatch each way', async () => {
    const net = new LSTM({ ...options, direction: 'bidirectional' });
    expect((await dispatches(net, 16)).scan).toBe(2);
  });
});

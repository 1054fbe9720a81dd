import { explain, grad, normal, openDevice, Rng, setDefaultDevice, sum, tensor, type Tensor } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { Decoder, EncoderDecoder, GRU, GRUCell } from '../../src/index';
import { gpu, onWebGpu } from '../webgpu';

/** Numbers that do not depend on the device: drawn on the host. */
function makeNet(inputFeeding = false): EncoderDecoder {
  const rng = new Rng(2);
  const encoder = new GRU({ in: 2, hidden: 3, direction: 'bidirectional', rng });
  const cell = (inputs: number) => new GRUCell({ in: inputs, hidden: 5, rng });
  const options = { vocabulary: 4, embed: 3, memory: 6, start: 0, end: 3, rng };
  const net = new EncoderDecoder({ encoder, decoder: new Decoder({ ...options, cell, inputFeeding }) });
  for (const parameter of Object.values(net.parameters())) parameter.assign(onHost(rng, parameter.shape));
  return net;
}

const onHost = (rng: Rng, shape: readonly number[]): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal()),
    { shape },
  );

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();

  it('a beam finds what it finds on the CPU', async () => {
    const search = async () => {
      const x = onHost(new Rng(3), [2, 4, 2]);
      return makeNet().beam(x, { width: 3, maxLength: 5, alpha: 0.6, lengths: tensor(Int32Array.of(4, 2)) });
    };
    const found = await search();
    const cpu = await openDevice('cpu');
    setDefaultDevice(cpu);
    const expected = await search();
    setDefaultDevice(gpu);
    for (const [i, list] of found.entries()) {
      expect(list.map(({ tokens }) => tokens)).toEqual(expected[i].map(({ tokens }) => tokens));
      assertClose(
        list.map(({ score }) => score),
        expected[i].map(({ score }) => score),
        1e-5,
      );
    }
    await cpu.close();
  });

  it('teacher forcing takes as many dispatches for many steps as for few', async () => {
    const count = async (steps: number) => {
      const net = makeNet();
      const target = tensor(new Int32Array(2 * steps).fill(1), { shape: [2, steps] });
      const x = normal(new Rng(1), [2, 6, 2]);
      const loss = (_: object) => sum(net.score(x, target));
      const { loops, dispatches } = await explain(...Object.values(grad(loss)(net.parameters())));
      const own = dispatches.filter(({ name }) => name !== 'argsort'); // sorting tokens takes more passes where there are more
      return { isFused: loops.every(({ kernel }) => kernel), dispatches: own.length };
    };
    const few = await count(4);
    expect(few.isFused).toBe(true);
    expect((await count(32)).dispatches).toBe(few.dispatches);
  });

  it('input feeding runs step by step, and says why', async () => {
    const logits = makeNet(true).force(normal(new Rng(1), [2, 6, 2]), tensor([[1, 2], [2, 1]], { dtype: 'i32' })); // prettier-ignore
    const { loops } = await explain(logits);
    expect(loops.flatMap(({ fallback }) => fallback ?? [])).toEqual([
      'a value of shape [2, 1, 6] has more than one axis of features',
    ]);
  });
});

import { expect, it } from 'vitest';
import { onnxruntime } from '../src/systems/onnxruntime';

it('builds a model that onnxruntime runs: [1, 2] · [[3, 4], [5, 6]] = [13, 16], turned upright', async () => {
  const graph = {
    nodes: [
      { op: 'MatMul', inputs: ['x', 'w'], outputs: ['row'] },
      { op: 'Reshape', inputs: ['row', 'upright'], outputs: ['y'] },
    ],
    weights: { w: { values: Float32Array.of(3, 4, 5, 6), shape: [2, 2] } },
    shapes: { upright: [2, 1] },
    x: [1, 2],
    y: [2, 1],
  };
  const x = { values: Float32Array.of(1, 2), shape: [1, 2] };
  const { turn, close } = await onnxruntime(async () => ({ graph, x })).open();
  expect(Array.from(await turn())).toEqual([13, 16]);
  await close();
});

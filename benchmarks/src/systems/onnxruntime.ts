import { Absent, type Contender, type System } from '../harness/benchmark';
import type { Numbers } from '../training/examples';
import { type OnnxGraph, onnxModel } from './onnx-model';

/** onnxruntime in Node, on all processors: what the graph makes of `x`. */
export const onnxruntime = (make: () => Promise<{ graph: OnnxGraph; x: Numbers }>): System => ({
  name: 'onnxruntime-node',
  open: async () => {
    const { graph, x } = await make();
    return run(graph, x);
  },
});

async function run(graph: OnnxGraph, { values, shape }: Numbers): Promise<Contender> {
  const runtime = await import('onnxruntime-node').catch(asAbsent);
  const session = await runtime.InferenceSession.create(onnxModel(graph));
  const x = new runtime.Tensor('float32', values, shape);
  const turn = async () => (await session.run({ x })).y.data as Float32Array;
  return { turn, close: () => session.release() };
}

function asAbsent(error: Error): never {
  throw new Absent(error.message);
}

/** What a reader must know of this system. */
export const onnxruntimeNotes = [
  'onnxruntime-node runs a graph of ONNX with the same weights on all processors; the graph ends in the order of our outputs.',
];

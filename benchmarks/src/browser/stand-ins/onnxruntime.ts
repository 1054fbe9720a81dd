import * as runtime from 'onnxruntime-web';
import type { Contender, System } from '../../harness/benchmark';
import { type OnnxGraph, onnxModel } from '../../systems/onnx-model';
import type { Numbers } from '../../training/examples';

/** onnxruntime in a page, in WebAssembly: what the graph makes of `x`. */
export const onnxruntime = (make: () => Promise<{ graph: OnnxGraph; x: Numbers }>): System => ({
  name: 'onnxruntime-web',
  open: async () => {
    const { graph, x } = await make();
    return run(graph, x);
  },
});

async function run(graph: OnnxGraph, { values, shape }: Numbers): Promise<Contender> {
  const session = await runtime.InferenceSession.create(onnxModel(graph), { executionProviders: ['wasm'] });
  const x = new runtime.Tensor('float32', values, shape);
  const turn = async () => (await session.run({ x })).y.data as Float32Array;
  return { turn, close: () => session.release() };
}

/** What a reader must know of this system. */
export const onnxruntimeNotes: readonly string[] = [];

import { describe, it } from 'vitest';
import { hasData, single } from './data';
import { checkGolden, goldenNames } from './golden';
import { checkOnnxForward, checkOnnxGradients } from './onnx';
import { gpu, onWebGpu } from './webgpu';

/*
 * One file of each kind, with all that a net can have: golden.webgpu.long.test.ts goes through the rest.
 */

const deep = goldenNames.filter((name) => name.endsWith('3x7x4x5_l2_bi_packed'));
const onnx = ['lstm_long_T200', 'gru_rev', 'rnn_relu_bi_lens']; // the GRU resets before the product, as PyTorch's never does

describe.skipIf(!gpu || !hasData)('on WebGPU', () => {
  onWebGpu();

  it.each(deep)("PyTorch's numbers, %s: values and gradients", (name) => checkGolden(name, single));
  it.each(onnx)("ONNX Runtime's numbers, %s: outputs and last states", (name) => checkOnnxForward(name, single));
  it.each(onnx)("JAX's numbers, %s: loss and gradients", (name) => checkOnnxGradients(name, single));
});

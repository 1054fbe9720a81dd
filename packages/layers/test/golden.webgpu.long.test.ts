import { describe, it } from 'vitest';
import { hasData, single } from './data';
import { checkGolden, goldenNames } from './golden';
import { checkOnnxForward, checkOnnxGradients, onnxNames } from './onnx';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu || !hasData)('on WebGPU', () => {
  onWebGpu();

  it.each(goldenNames)("PyTorch's numbers, %s: values and gradients", (name) => checkGolden(name, single));
  it.each(onnxNames)("ONNX Runtime's numbers, %s: outputs and last states", (name) => checkOnnxForward(name, single));
  it.each(onnxNames)("JAX's numbers, %s: loss and gradients", (name) => checkOnnxGradients(name, single));
});

import { describe, it } from 'vitest';
import { exact, hasData } from './data';
import { checkOnnxForward, checkOnnxGradients, onnxNames } from './onnx';

describe.skipIf(!hasData)("ONNX Runtime's and JAX's numbers", () => {
  it.each(onnxNames)('%s: outputs and last states', (name) => checkOnnxForward(name, { ...exact, tolerance: 1e-6 }));
  it.each(onnxNames)('%s: loss and gradients', (name) => checkOnnxGradients(name, exact));
});

import { describe, it } from 'vitest';
import { exact, hasData } from './data';
import {
  checkBatchNorm,
  checkCircularConv,
  checkGoldenConv,
  checkLayerNorm,
  checkOnnxConv,
  goldenConvolutions,
  onnxConvolutions,
} from './golden-layers';

describe.skipIf(!hasData)("PyTorch's numbers", () => {
  it('LayerNorm: values and gradients', () => checkLayerNorm(exact));
  it('BatchNorm1d: in training, and by running statistics', () => checkBatchNorm(exact));
  it.each(goldenConvolutions)('$name: values and gradients', (options) => checkGoldenConv(options, exact));
  it('a circular convolution', () => checkCircularConv(exact));
});

describe.skipIf(!hasData)("ONNX Runtime's outputs and JAX's gradients", () => {
  it.each(onnxConvolutions)('convolution $name', (options) => checkOnnxConv(options, exact));
});

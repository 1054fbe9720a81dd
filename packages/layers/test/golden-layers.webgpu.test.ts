import { describe, it } from 'vitest';
import { hasData, single } from './data';
import {
  checkBatchNorm,
  checkCircularConv,
  checkGoldenConv,
  checkLayerNorm,
  checkOnnxConv,
  goldenConvolutions,
  onnxConvolutions,
} from './golden-layers';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu || !hasData)('on WebGPU', () => {
  onWebGpu();

  it("PyTorch's numbers, LayerNorm", () => checkLayerNorm(single));
  it("PyTorch's numbers, BatchNorm1d", () => checkBatchNorm(single));
  it.each(goldenConvolutions)("PyTorch's numbers, $name", (options) => checkGoldenConv(options, single));
  it("PyTorch's numbers, a circular convolution", () => checkCircularConv(single));
  it.each(onnxConvolutions)("JAX's gradients, convolution $name", (options) => checkOnnxConv(options, single));
});

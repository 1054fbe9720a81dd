import type { Device } from '@hairpin/tensors';
import { deepLift, inputTimesGradient } from '../../src/index';
import { letters, models, Weights } from './models';

/** The largest completeness error of DeepLIFT over a few examples, and that of the plain product of gradient and difference. */
export async function errorsOf(name: string, dtype: 'f32' | 'f64', device: Device) {
  const { make, length } = models[name]!;
  const model = make(new Weights(dtype, device), length);
  const x = letters(3, length, 5, dtype, device);
  const references = letters(3, length, 6, dtype, device);
  const found = await deepLift(model, x, { references, tolerance: Infinity, batchSize: 3 });
  const shifted = await inputTimesGradient(model, x, { references, batchSize: 3 });
  return { rescale: Math.max(...found.error), plain: Math.max(...shifted.error), found };
}

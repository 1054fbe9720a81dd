import { compile, type Tensor } from '@hairpin/tensors';
import { Breath } from './breath';
import type { Loader } from './data/loader';
import type { Batch } from './step';

/** Outputs of a model for all examples of a loader, in the order of the examples. [examples, outputs of each] */
export type Predictor<B> = (loader: Loader<B>) => Promise<Float32Array>;

/** Compiles a model once, for many rounds of prediction. @param forward gives [batch] or [batch, outputs] */
export function predictor<B extends Batch>(forward: (batch: B) => Tensor): Predictor<B> {
  const run = compile(forward);
  return async (loader) => {
    const breath = new Breath();
    let all = new Float32Array(0);
    for (const { rows, batch } of loader.epoch()) {
      await breath.take();
      const y = await run(batch);
      const values = await y.data();
      const width = values.length / rows.indices.length;
      if (all.length === 0) all = new Float32Array(loader.size * width);
      for (let i = 0; i < rows.count; i++)
        all.set(values.subarray(i * width, (i + 1) * width), rows.indices[i] * width);
      disposeAll(y, ...Object.values(batch));
    }
    return all;
  };
}

/** Gives the memory of tensors back. */
export const disposeAll = (...tensors: readonly Tensor[]): void => tensors.forEach((t) => t.dispose());

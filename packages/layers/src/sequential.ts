import type { Context, Model, Tensor } from '@hairpin/tensors';
import { Layer } from './layer';

/** A layer, or a plain function such as `relu` that keeps the lengths. */
export type Step = Layer | Model;

/** One after the other. The context goes to each, its lengths as the layers before have changed them. */
export class Sequential extends Layer {
  readonly layers: readonly Step[];

  constructor(...layers: readonly Step[]) {
    super();
    this.layers = layers;
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    let { lengths } = context;
    return this.layers.reduce((value, layer) => {
      const { lengths: _, ...rest } = context;
      const next = run(layer, value, lengths ? { ...rest, lengths } : rest);
      lengths = lengths && after(layer, lengths);
      return next;
    }, x);
  }

  override lengthsAfter(lengths: Tensor): Tensor | undefined {
    return this.layers.reduce<Tensor | undefined>((left, layer) => left && after(layer, left), lengths);
  }
}

const run = (layer: Step, x: Tensor, context: Context): Tensor =>
  layer instanceof Layer ? layer.forward(x, context) : layer(x, context);

const after = (layer: Step, lengths: Tensor): Tensor | undefined =>
  layer instanceof Layer ? layer.lengthsAfter(lengths) : lengths;

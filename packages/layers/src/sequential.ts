import type { Context, Tensor } from '@hairpin/tensors';
import { Layer } from './layer';
import { inSequence, pointwise, type ReceptiveField } from './receptive-field';
import { after, receptiveField, run, type Step } from './step';

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

  override get receptiveField(): ReceptiveField {
    return this.layers.map(receptiveField).reduce(inSequence, pointwise);
  }
}

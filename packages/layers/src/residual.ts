import { type Context, shapeError, type Tensor } from '@hairpin/tensors';
import { Layer } from './layer';
import { clearBeyond } from './lengths';
import { pointwise, type ReceptiveField, sideBySide } from './receptive-field';
import { after, receptiveField, run, type Step } from './step';

/**
 * y = layer(x) + x, or + shortcut(x) where x has another shape than what the layer gives (He et al. 2016, eq. 1 and 2).
 * Both leave the same lengths.
 */
export class Residual extends Layer {
  readonly layer: Step;
  readonly shortcut?: Step;

  constructor(layer: Step, { shortcut }: { readonly shortcut?: Step | undefined } = {}) {
    super();
    this.layer = layer;
    if (shortcut) this.shortcut = shortcut;
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    const y = run(this.layer, x, context);
    const past = this.shortcut ? run(this.shortcut, x, context) : clearBeyond(x, context.lengths);
    if (y.shape.join() !== past.shape.join())
      throw shapeError('Residual', `a layer that gives [${past.shape.join(', ')}], as what goes past it`, y.shape);
    return y.add(past);
  }

  override lengthsAfter(lengths: Tensor): Tensor | undefined {
    return after(this.layer, lengths);
  }

  override get receptiveField(): ReceptiveField {
    const past = this.shortcut ? receptiveField(this.shortcut) : pointwise;
    return sideBySide([receptiveField(this.layer), past]);
  }
}

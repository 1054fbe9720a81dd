import { concat, type Context, shapeError, split, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { everything, pointwise, type ReceptiveField } from '../receptive-field';
import { after, receptiveField, run, type Step } from '../step';
import { otherStrand } from './other-strand';

/**
 * One layer for both strands: it reads the channels of either in that strand's own direction, as two rows of one batch, so
 * that norms, recurrent nets and whatever else keep f(rc x) = rc f(x). Its running statistics are those of both.
 * x: [batch, length, 2·channels], as from `RCConv1d` → twice the channels that the layer gives for `channels`
 */
export class EachStrand extends Layer {
  readonly layer: Step;

  constructor(layer: Step) {
    super();
    this.layer = layer;
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    const { lengths, given, ...rest } = context;
    if ((x.shape.at(-1) ?? 1) % 2 !== 0) throw shapeError('EachStrand', 'channels of two strands', x.shape);
    const rows = [x, otherStrand(x, lengths)].map((strand) => split(strand, 2, -1)[0]);
    const y = run(this.layer, concat(rows, 0), {
      ...rest,
      ...(lengths && { lengths: concat([lengths, lengths], 0) }),
      ...(given && { given: Object.fromEntries(Object.entries(given).map(([name, t]) => [name, concat([t, t], 0)])) }),
    });
    const [forward, reverse] = split(y, 2, 0);
    return concat([forward, otherStrand(reverse, lengths && this.lengthsAfter(lengths))], -1);
  }

  override lengthsAfter(lengths: Tensor): Tensor | undefined {
    return after(this.layer, lengths);
  }

  /** That of a layer which looks at each position by itself; else it may be anything, for the other strand is read backwards. */
  override get receptiveField(): ReceptiveField {
    return receptiveField(this.layer).size === 1 ? pointwise : everything;
  }
}

import { concat, type Context, reshape, shapeError, slice, split, stack, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { everything, pointwise, type ReceptiveField } from '../receptive-field';
import { after, receptiveField, run, type Step } from '../step';
import { otherStrand } from './other-strand';

/** Two batches as one, the rows of one example next to each other, so that half of the batch is half of the examples. */
const beside = (pair: readonly Tensor[]): Tensor => {
  const [rows, ...rest] = pair[0].shape;
  return reshape(stack(pair, 1), [2 * rows, ...rest]);
};

/** The two batches again. */
const apart = (t: Tensor): Tensor[] => {
  const [rows, ...rest] = t.shape;
  const both = reshape(t, [rows / 2, 2, ...rest]);
  return [0, 1].map((i) => reshape(slice(both, [0, i], [rows / 2, i + 1]), [rows / 2, ...rest]));
};

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
    const strands = [x, otherStrand(x, lengths)].map((strand) => split(strand, 2, -1)[0]);
    const twice = (t: Tensor) => beside([t, t]);
    const y = run(this.layer, beside(strands), {
      ...rest,
      ...(lengths && { lengths: twice(lengths) }),
      ...(given && { given: Object.fromEntries(Object.entries(given).map(([name, t]) => [name, twice(t)])) }),
    });
    const [forward, reverse] = apart(y);
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

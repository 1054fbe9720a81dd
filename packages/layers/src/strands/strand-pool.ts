import { flip, maximum, mul, shapeError, split, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { pointwise } from '../receptive-field';

/** What both strands say, as channels that belong together. */
function strandsOf(where: string, x: Tensor): [forward: Tensor, reverse: Tensor] {
  if ((x.shape.at(-1) ?? 1) % 2 !== 0) throw shapeError(where, 'channels of two strands', x.shape);
  const [forward, reverse] = split(x, 2, -1);
  return [forward, flip(reverse, -1)];
}

/**
 * The better of the two strands, for what `RCConv1d` gives and for pools of it, which are smaller.
 * x: [..., 2·channels] → [..., channels]
 */
export class StrandMax extends Layer {
  forward(x: Tensor): Tensor {
    return maximum(...strandsOf('StrandMax', x));
  }

  override get receptiveField() {
    return pointwise;
  }
}

/** The mean of the two strands.   x: [..., 2·channels] → [..., channels] */
export class StrandMean extends Layer {
  forward(x: Tensor): Tensor {
    const [forward, reverse] = strandsOf('StrandMean', x);
    return mul(forward.add(reverse), 0.5);
  }

  override get receptiveField() {
    return pointwise;
  }
}
